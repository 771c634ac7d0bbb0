//! `POST custom_filters`.

use axum::extract::State;
use tertulia_domain::attribute_definition::Subject;
use tertulia_engine::saved_filters;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of(super::RESOURCE);
    let command = saved_filters::Create {
        subject: super::read_subject(&fields)?.unwrap_or(Subject::Conversation),
        name: fields.required("name")?,
        query: fields.object("query")?.unwrap_or_default(),
    };
    Ok(Reply(super::shape(&saved_filters::create(&app.engine, &ctx, command).await?)))
}
