//! `DELETE /v1/inboxes/{id}`: takes an inbox out of service.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::InboxId;
use tertulia_engine::inboxes;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Takes an inbox out of service; its conversations stay.
///
/// Needs the permission `inboxes:manage`.
#[utoipa::path(
    delete,
    path = "/v1/inboxes/{id}",
    operation_id = "delete_inbox",
    tag = "inboxes",
    params(("id" = InboxId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_inbox(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(inbox): Path<InboxId>,
) -> Result<StatusCode, Problem> {
    inboxes::delete(&app.engine, &ctx, inbox).await?;
    Ok(StatusCode::NO_CONTENT)
}
