//! `PATCH /v1/teams/{id}`: another name, description, or members.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{TeamId, UserId};
use tertulia_engine::teams;
use tertulia_engine::views::TeamView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamChange {
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) member_ids: Option<Vec<UserId>>,
}

/// Changes a team.
///
/// Needs the permission `teams:manage`.
#[utoipa::path(
    patch,
    path = "/v1/teams/{id}",
    operation_id = "update_team",
    tag = "teams",
    params(("id" = TeamId, Path)),
    request_body = TeamChange,
    responses((status = 200, body = TeamView)),
)]
pub(super) async fn update_team(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(team): Path<TeamId>,
    Body(body): Body<TeamChange>,
) -> Result<Json<TeamView>, Problem> {
    let command = teams::Update {
        name: body.name,
        description: body.description,
        member_ids: body.member_ids,
    };
    Ok(Json(teams::update(&app.engine, &ctx, team, command).await?))
}
