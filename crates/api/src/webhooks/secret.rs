//! `GET /v1/webhooks/{id}/secret`: the signing secret again.

use axum::Json;
use axum::extract::State;
use tertulia_domain::WebhookId;
use tertulia_engine::views::WebhookSecretView;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Shows the signing secret.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    get,
    path = "/v1/webhooks/{id}/secret",
    operation_id = "show_webhook_secret",
    tag = "webhooks",
    params(("id" = WebhookId, Path)),
    responses((status = 200, body = WebhookSecretView)),
)]
pub(super) async fn show_secret(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(webhook): Path<WebhookId>,
) -> Result<Json<WebhookSecretView>, Problem> {
    Ok(Json(webhooks::show_secret(&app.engine, &ctx, webhook).await?))
}
