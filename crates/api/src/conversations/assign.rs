//! `POST /v1/conversations/{id}/assign`: a person, or nobody.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{ConversationId, UserId};
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// Who is to answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Assignment {
    /// `null`: nobody.
    user_id: Option<UserId>,
}

/// Assigns the conversation to a person of its inbox, or to nobody.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/assign",
    operation_id = "assign_conversation",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = Assignment,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn assign_conversation(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<Assignment>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(conversations::assign(&app.engine, &ctx, id, body.user_id).await?))
}
