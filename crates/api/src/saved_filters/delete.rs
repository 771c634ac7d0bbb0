//! `DELETE /v1/saved-filters/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::SavedFilterId;
use tertulia_engine::saved_filters;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Removes a filter of yours.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    delete,
    path = "/v1/saved-filters/{id}",
    operation_id = "delete_saved_filter",
    tag = "saved filters",
    params(("id" = SavedFilterId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_saved_filter(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(filter): Path<SavedFilterId>,
) -> Result<StatusCode, Problem> {
    saved_filters::delete(&app.engine, &ctx, filter).await?;
    Ok(StatusCode::NO_CONTENT)
}
