//! `POST /v1/teams`: a new team.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::UserId;
use tertulia_engine::teams;
use tertulia_engine::views::TeamView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A team to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewTeam {
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) member_ids: Vec<UserId>,
}

/// Makes a team.
///
/// Needs the permission `teams:manage`.
#[utoipa::path(
    post,
    path = "/v1/teams",
    operation_id = "create_team",
    tag = "teams",
    request_body = NewTeam,
    responses((status = 201, body = TeamView)),
)]
pub(super) async fn create_team(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewTeam>,
) -> Result<(StatusCode, Json<TeamView>), Problem> {
    let command = teams::Create {
        name: body.name,
        description: body.description,
        member_ids: body.member_ids,
    };
    let view = teams::create(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
