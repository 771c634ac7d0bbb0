//! `POST /v1/webhooks/{id}/deliveries/{delivery_id}/redeliver`: once more, now.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::{DeliveryId, WebhookId};
use tertulia_engine::views::WebhookDeliveryView;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Sends a delivery once more, at once, whatever became of it. Its `webhook-id` stays the same.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    post,
    path = "/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver",
    operation_id = "redeliver_webhook_delivery",
    tag = "webhooks",
    params(("id" = WebhookId, Path), ("delivery_id" = DeliveryId, Path)),
    responses((status = 202, body = WebhookDeliveryView)),
)]
pub(super) async fn redeliver(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((webhook, delivery)): Path<(WebhookId, DeliveryId)>,
) -> Result<(StatusCode, Json<WebhookDeliveryView>), Problem> {
    let view = webhooks::redeliver(&app.engine, &ctx, webhook, delivery).await?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}
