//! `PATCH custom_filters/{id}`: name and query.

use axum::extract::State;
use tertulia_domain::SavedFilterId;
use tertulia_engine::saved_filters;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of(super::RESOURCE);
    let command =
        saved_filters::Update { name: fields.text("name")?, query: fields.object("query")? };
    let view = saved_filters::update(&app.engine, &ctx, SavedFilterId(one.id), command).await?;
    Ok(Reply(super::shape(&view)))
}
