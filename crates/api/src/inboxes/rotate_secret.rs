//! `POST /v1/inboxes/{id}/secret/rotate`: new secrets.

use axum::Json;
use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_engine::inboxes;
use tertulia_engine::views::InboxSecretsView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Replaces the secrets of an inbox; the old ones stop working at once.
///
/// Needs the permission `inboxes:manage`.
#[utoipa::path(
    post,
    path = "/v1/inboxes/{id}/secret/rotate",
    operation_id = "rotate_inbox_secret",
    tag = "inboxes",
    params(("id" = InboxId, Path)),
    responses((status = 200, body = InboxSecretsView)),
)]
pub(super) async fn rotate_inbox_secret(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(inbox): Path<InboxId>,
) -> Result<Json<InboxSecretsView>, Problem> {
    Ok(Json(inboxes::rotate_secret(&app.engine, &ctx, inbox).await?))
}
