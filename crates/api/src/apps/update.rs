//! `PATCH /v1/apps/{id}`: another name, other scopes, the switch, the endpoint.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Deserializer};
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_engine::apps;
use tertulia_engine::views::AppView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AppChange {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) scopes: Option<Vec<Permission>>,
    pub(super) enabled: Option<bool>,
    pub(super) hands_over_on_failure: Option<bool>,
    /// Null takes the endpoint away.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub(super) url: Option<Option<String>>,
    pub(super) ack_secs: Option<i64>,
}

/// Tells `null`, which is `Some(None)`, from absence.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Changes an app. Switched off, it lets go of every conversation that it holds.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    patch,
    path = "/v1/apps/{id}",
    operation_id = "update_app",
    tag = "apps",
    params(("id" = AppId, Path)),
    request_body = AppChange,
    responses((status = 200, body = AppView)),
)]
pub(super) async fn update_app(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<AppId>,
    Body(body): Body<AppChange>,
) -> Result<Json<AppView>, Problem> {
    let command = apps::Update {
        name: body.name,
        description: body.description,
        scopes: body.scopes,
        enabled: body.enabled,
        hands_over_on_failure: body.hands_over_on_failure,
        url: body.url,
        ack_secs: body.ack_secs,
    };
    Ok(Json(apps::update(&app.engine, &ctx, id, command).await?))
}
