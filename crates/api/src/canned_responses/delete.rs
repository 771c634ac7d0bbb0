//! `DELETE /v1/canned-responses/{id}`: the text goes, messages that were made with it stay.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::CannedResponseId;
use tertulia_engine::canned_responses;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Removes a canned response.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    delete,
    path = "/v1/canned-responses/{id}",
    operation_id = "delete_canned_response",
    tag = "canned responses",
    params(("id" = CannedResponseId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_canned_response(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(response): Path<CannedResponseId>,
) -> Result<StatusCode, Problem> {
    canned_responses::delete(&app.engine, &ctx, response).await?;
    Ok(StatusCode::NO_CONTENT)
}
