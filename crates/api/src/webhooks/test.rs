//! `POST /v1/webhooks/{id}/test`: an event that says so.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::WebhookId;
use tertulia_engine::views::WebhookDeliveryView;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Sends the event `webhook.tested` to an endpoint, at once.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/test",
    operation_id = "test_webhook",
    tag = "webhooks",
    params(("id" = WebhookId, Path)),
    responses((status = 202, body = WebhookDeliveryView)),
)]
pub(super) async fn test_webhook(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(webhook): Path<WebhookId>,
) -> Result<(StatusCode, Json<WebhookDeliveryView>), Problem> {
    let view = webhooks::test(&app.engine, &ctx, webhook).await?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}
