//! `POST custom_attribute_definitions`.

use axum::extract::State;
use tertulia_domain::attribute_definition::{AttributeKind, Subject};
use tertulia_engine::attribute_definitions;

use super::words;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of(super::RESOURCE);
    let command = attribute_definitions::Create {
        subject: words::read_model(&fields)?.unwrap_or(Subject::Conversation),
        key: fields.required("attribute_key")?,
        name: fields.required("attribute_display_name")?,
        description: fields.text("attribute_description")?.unwrap_or_default(),
        kind: words::read_kind(&fields)?.unwrap_or(AttributeKind::Text),
        choices: fields.texts("attribute_values")?.unwrap_or_default(),
        pattern: fields.text("regex_pattern")?,
        cue: fields.text("regex_cue")?,
    };
    let view = attribute_definitions::create(&app.engine, &ctx, command).await?;
    Ok(Reply(super::shape(&view)))
}
