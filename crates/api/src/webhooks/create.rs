//! `POST /v1/webhooks`: a new endpoint for events.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::app::ContractKind;
use tertulia_engine::views::WebhookView;
use tertulia_engine::webhooks;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// An endpoint to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWebhook {
    pub(super) url: String,
    /// Event types, or `["*"]`.
    pub(super) events: Vec<String>,
    #[serde(default)]
    pub(super) description: String,
}

/// Adds an endpoint that gets the events from now on. Its secret is only in this answer.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    post,
    path = "/v1/webhooks",
    operation_id = "create_webhook",
    tag = "webhooks",
    request_body = NewWebhook,
    responses((status = 201, body = WebhookView)),
)]
pub(super) async fn create_webhook(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewWebhook>,
) -> Result<(StatusCode, Json<WebhookView>), Problem> {
    let command = webhooks::Create {
        url: body.url,
        events: body.events,
        description: body.description,
        contract: ContractKind::Tertulia,
        inbox_id: None,
    };
    let view = webhooks::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
