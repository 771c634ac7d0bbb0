//! `PATCH custom_attribute_definitions/{id}`: key and model stay, because values are stored under them.

use axum::extract::State;
use tertulia_domain::AttributeDefinitionId;
use tertulia_engine::attribute_definitions;

use super::words;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of(super::RESOURCE);
    let command = attribute_definitions::Update {
        name: fields.text("attribute_display_name")?,
        description: fields.text("attribute_description")?,
        kind: words::read_kind(&fields)?,
        choices: fields.texts("attribute_values")?,
        pattern: fields.text("regex_pattern")?,
        cue: fields.text("regex_cue")?,
    };
    let id = AttributeDefinitionId(one.id);
    let view = attribute_definitions::update(&app.engine, &ctx, id, command).await?;
    Ok(Reply(super::shape(&view)))
}
