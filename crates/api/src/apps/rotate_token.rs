//! `POST /v1/apps/{id}/rotate_token`.

use axum::Json;
use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_engine::apps;
use tertulia_engine::views::AppView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Gives an app another token, which is in this answer; the one before has no force from now on.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    post,
    path = "/v1/apps/{id}/rotate_token",
    operation_id = "rotate_app_token",
    tag = "apps",
    params(("id" = AppId, Path)),
    responses((status = 200, body = AppView)),
)]
pub(super) async fn rotate_app_token(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<AppId>,
) -> Result<Json<AppView>, Problem> {
    Ok(Json(apps::rotate_token(&app.engine, &ctx, id).await?))
}
