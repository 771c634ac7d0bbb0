//! `POST /v1/apps/{id}/rotate_secret`.

use axum::Json;
use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_engine::apps;
use tertulia_engine::views::AppView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Gives the endpoint of an app another secret, which is in this answer. By the contract of Tertulia the
/// one before signs too for a day; by Chatwoot's, which has room for one signature, it does not.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    post,
    path = "/v1/apps/{id}/rotate_secret",
    operation_id = "rotate_app_secret",
    tag = "apps",
    params(("id" = AppId, Path)),
    responses((status = 200, body = AppView)),
)]
pub(super) async fn rotate_app_secret(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<AppId>,
) -> Result<Json<AppView>, Problem> {
    Ok(Json(apps::rotate_secret(&app.engine, &ctx, id).await?))
}
