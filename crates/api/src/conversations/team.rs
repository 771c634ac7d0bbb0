//! `POST /v1/conversations/{id}/team`: a team, or none.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{ConversationId, TeamId};
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// Which team is to answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamAssignment {
    /// `null`: no team.
    team_id: Option<TeamId>,
}

/// Assigns the conversation to a team, or to none.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/team",
    operation_id = "assign_team",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = TeamAssignment,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn assign_team(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<TeamAssignment>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(conversations::assign_team(&app.engine, &ctx, id, body.team_id).await?))
}
