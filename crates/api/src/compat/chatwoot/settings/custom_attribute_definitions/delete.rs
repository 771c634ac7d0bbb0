//! `DELETE custom_attribute_definitions/{id}`: the values stay.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::AttributeDefinitionId;
use tertulia_engine::attribute_definitions;

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<StatusCode, Refusal> {
    attribute_definitions::delete(&app.engine, &ctx, AttributeDefinitionId(one.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
