//! `DELETE /v1/labels/{id}`: the label goes, also from what carries it.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::LabelId;
use tertulia_engine::labels;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Removes a label, also from conversations and contacts.
///
/// Needs the permission `labels:manage`.
#[utoipa::path(
    delete,
    path = "/v1/labels/{id}",
    operation_id = "delete_label",
    tag = "labels",
    params(("id" = LabelId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_label(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(label): Path<LabelId>,
) -> Result<StatusCode, Problem> {
    labels::delete(&app.engine, &ctx, label).await?;
    Ok(StatusCode::NO_CONTENT)
}
