//! `GET /v1/inboxes/{id}/secret`: the secrets of an inbox.

use axum::Json;
use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_engine::inboxes;
use tertulia_engine::views::InboxSecretsView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// The secrets of an inbox.
///
/// Needs the permission `inboxes:manage`.
#[utoipa::path(
    get,
    path = "/v1/inboxes/{id}/secret",
    operation_id = "show_inbox_secret",
    tag = "inboxes",
    params(("id" = InboxId, Path)),
    responses((status = 200, body = InboxSecretsView)),
)]
pub(super) async fn show_inbox_secret(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(inbox): Path<InboxId>,
) -> Result<Json<InboxSecretsView>, Problem> {
    Ok(Json(inboxes::secrets(&app.engine, &ctx, inbox).await?))
}
