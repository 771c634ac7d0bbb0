//! `DELETE /v1/apps/{id}/inboxes/{inbox_id}`: take an app off an inbox.

use axum::Json;
use axum::extract::State;
use tertulia_domain::{AppId, InboxId};
use tertulia_engine::apps;
use tertulia_engine::views::AppView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Takes an app off an inbox; conversations under way stay with it.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    delete,
    path = "/v1/apps/{id}/inboxes/{inbox_id}",
    operation_id = "remove_app",
    tag = "apps",
    params(("id" = AppId, Path), ("inbox_id" = InboxId, Path)),
    responses((status = 200, body = AppView)),
)]
pub(super) async fn remove_app(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((id, inbox)): Path<(AppId, InboxId)>,
) -> Result<Json<AppView>, Problem> {
    Ok(Json(apps::remove(&app.engine, &ctx, id, inbox).await?))
}
