//! `POST /v1/conversations/{id}/labels`: what it is about.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::ConversationId;
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// Names of labels of the account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConversationLabels {
    labels: Vec<String>,
}

/// Replaces the labels of the conversation.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/labels",
    operation_id = "set_conversation_labels",
    tag = "conversations",
    params(("id" = ConversationId, Path)),
    request_body = ConversationLabels,
    responses((status = 200, body = ConversationView)),
)]
pub(super) async fn set_conversation_labels(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<ConversationLabels>,
) -> Result<Json<ConversationView>, Problem> {
    Ok(Json(conversations::set_labels(&app.engine, &ctx, id, body.labels).await?))
}
