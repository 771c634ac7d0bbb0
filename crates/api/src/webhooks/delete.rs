//! `DELETE /v1/webhooks/{id}`: the endpoint goes with its delivery log.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::WebhookId;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Removes an endpoint; what was still to be delivered is not.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    delete,
    path = "/v1/webhooks/{id}",
    operation_id = "delete_webhook",
    tag = "webhooks",
    params(("id" = WebhookId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_webhook(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(webhook): Path<WebhookId>,
) -> Result<StatusCode, Problem> {
    webhooks::delete(&app.engine, &ctx, webhook).await?;
    Ok(StatusCode::NO_CONTENT)
}
