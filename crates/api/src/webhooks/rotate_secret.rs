//! `POST /v1/webhooks/{id}/secret/rotate`: a new signing secret.

use axum::Json;
use axum::extract::State;
use tertulia_domain::WebhookId;
use tertulia_engine::views::WebhookSecretView;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Makes a new signing secret; the old one signs too for another day.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/secret/rotate",
    operation_id = "rotate_webhook_secret",
    tag = "webhooks",
    params(("id" = WebhookId, Path)),
    responses((status = 200, body = WebhookSecretView)),
)]
pub(super) async fn rotate_secret(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(webhook): Path<WebhookId>,
) -> Result<Json<WebhookSecretView>, Problem> {
    Ok(Json(webhooks::rotate_secret(&app.engine, &ctx, webhook).await?))
}
