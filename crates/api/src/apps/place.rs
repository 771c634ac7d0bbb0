//! `PUT /v1/apps/{id}/inboxes/{inbox_id}`: put an app to work on an inbox.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::app::AppRole;
use tertulia_domain::{AppId, InboxId};
use tertulia_engine::apps;
use tertulia_engine::views::AppView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What the app does there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub(super) role: AppRole,
}

/// Puts an app to work on an inbox. One that answers takes the place of the one that did; conversations
/// under way stay with whoever has them.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    put,
    path = "/v1/apps/{id}/inboxes/{inbox_id}",
    operation_id = "place_app",
    tag = "apps",
    params(("id" = AppId, Path), ("inbox_id" = InboxId, Path)),
    request_body = Place,
    responses((status = 200, body = AppView)),
)]
pub(super) async fn place_app(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((id, inbox)): Path<(AppId, InboxId)>,
    Body(body): Body<Place>,
) -> Result<Json<AppView>, Problem> {
    Ok(Json(apps::place(&app.engine, &ctx, id, inbox, body.role).await?))
}
