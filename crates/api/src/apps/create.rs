//! `POST /v1/apps`: install an app.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::access::Permission;
use tertulia_domain::app::ContractKind;
use tertulia_engine::apps;
use tertulia_engine::views::AppView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// An app to install.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewApp {
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
    /// In whose words it is told; `tertulia` when absent.
    pub(super) contract: Option<ContractKind>,
    /// What it may do; when absent, what apps of its contract usually need.
    pub(super) scopes: Option<Vec<Permission>>,
    /// Where it is told what happens; without it the app only asks.
    pub(super) url: Option<String>,
    /// How long its endpoint may take to acknowledge an event, in seconds.
    pub(super) ack_secs: Option<i64>,
    /// Whether people are asked when it does not answer a customer; true when absent.
    pub(super) hands_over_on_failure: Option<bool>,
}

/// Installs an app. Its token, and the secret that signs what its endpoint gets, are in this answer.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    post,
    path = "/v1/apps",
    operation_id = "create_app",
    tag = "apps",
    request_body = NewApp,
    responses((status = 201, body = AppView)),
)]
pub(super) async fn create_app(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewApp>,
) -> Result<(StatusCode, Json<AppView>), Problem> {
    let command = apps::Create {
        name: body.name,
        description: body.description,
        contract: body.contract.unwrap_or(ContractKind::Tertulia),
        scopes: body.scopes,
        url: body.url,
        ack_secs: body.ack_secs,
        hands_over_on_failure: body.hands_over_on_failure.unwrap_or(true),
    };
    let view = apps::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
