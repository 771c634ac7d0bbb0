//! `POST /v1/conversations/{id}/messages/{message_id}/retry`: send it once more.

use axum::Json;
use axum::extract::State;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_engine::messages::retry;
use tertulia_engine::views::MessageView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Queues a rejected, expired or uncertain message again.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/messages/{message_id}/retry",
    operation_id = "retry_message",
    tag = "messages",
    params(("id" = ConversationId, Path), ("message_id" = MessageId, Path)),
    responses((status = 200, body = MessageView)),
)]
pub(super) async fn retry_message(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((conversation, message)): Path<(ConversationId, MessageId)>,
) -> Result<Json<MessageView>, Problem> {
    Ok(Json(retry(&app.engine, &ctx, conversation, message).await?))
}
