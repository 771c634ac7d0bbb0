//! `DELETE /v1/apps/{id}`: it leaves the account.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::AppId;
use tertulia_engine::apps;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Removes an app. What it has said stays; what it holds goes to people.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    delete,
    path = "/v1/apps/{id}",
    operation_id = "delete_app",
    tag = "apps",
    params(("id" = AppId, Path)),
    responses((status = 204)),
)]
pub(super) async fn delete_app(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<AppId>,
) -> Result<StatusCode, Problem> {
    apps::delete(&app.engine, &ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
