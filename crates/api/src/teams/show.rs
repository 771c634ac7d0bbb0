//! `GET /v1/teams/{id}`: one team.

use axum::Json;
use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::TeamView;
use tertulia_store::{Scope, teams};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// One team with its members.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/teams/{id}",
    operation_id = "show_team",
    tag = "teams",
    params(("id" = TeamId, Path)),
    responses((status = 200, body = TeamView)),
)]
pub(super) async fn show_team(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(team): Path<TeamId>,
) -> Result<Json<TeamView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| teams::get(tx, account, team))
        .await?;
    let found = found.ok_or_else(|| Problem::not_found("team"))?;
    Ok(Json(TeamView::from(&found)))
}
