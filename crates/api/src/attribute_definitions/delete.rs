//! `DELETE /v1/attribute-definitions/{id}`: the definition goes, the values stay.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::AttributeDefinitionId;
use tertulia_engine::attribute_definitions;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Removes a definition; the values in contacts and conversations stay.
///
/// Needs the permission `account:manage`.
#[utoipa::path(
    delete,
    path = "/v1/attribute-definitions/{id}",
    operation_id = "delete_attribute_definition",
    tag = "attribute definitions",
    params(("id" = AttributeDefinitionId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_attribute_definition(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(definition): Path<AttributeDefinitionId>,
) -> Result<StatusCode, Problem> {
    attribute_definitions::delete(&app.engine, &ctx, definition).await?;
    Ok(StatusCode::NO_CONTENT)
}
