//! `PATCH /v1/webhooks/{id}`: another address, other events, or the switch.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::WebhookId;
use tertulia_engine::views::WebhookView;
use tertulia_engine::webhooks;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WebhookChange {
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<String>>,
    pub(super) description: Option<String>,
    pub(super) enabled: Option<bool>,
}

/// Changes an endpoint. Switched on again, it gets the events from then on.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    patch,
    path = "/v1/webhooks/{id}",
    operation_id = "update_webhook",
    tag = "webhooks",
    params(("id" = WebhookId, Path)),
    request_body = WebhookChange,
    responses((status = 200, body = WebhookView)),
)]
pub(super) async fn update_webhook(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(webhook): Path<WebhookId>,
    Body(body): Body<WebhookChange>,
) -> Result<Json<WebhookView>, Problem> {
    let command = webhooks::Update {
        url: body.url,
        events: body.events,
        description: body.description,
        enabled: body.enabled,
    };
    Ok(Json(webhooks::update(&app.engine, &ctx, webhook, command).await?))
}
