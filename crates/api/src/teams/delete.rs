//! `DELETE /v1/teams/{id}`: the team goes, its conversations stay.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::TeamId;
use tertulia_engine::teams;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Removes a team; its conversations belong to no team.
///
/// Needs the permission `teams:manage`.
#[utoipa::path(
    delete,
    path = "/v1/teams/{id}",
    operation_id = "delete_team",
    tag = "teams",
    params(("id" = TeamId, Path)),
    responses((status = 204, description = "Done")),
)]
pub(super) async fn delete_team(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(team): Path<TeamId>,
) -> Result<StatusCode, Problem> {
    teams::delete(&app.engine, &ctx, team).await?;
    Ok(StatusCode::NO_CONTENT)
}
