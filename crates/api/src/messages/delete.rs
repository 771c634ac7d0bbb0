//! `DELETE /v1/conversations/{id}/messages/{message_id}`: take it back.

use axum::Json;
use axum::extract::State;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_engine::messages::delete;
use tertulia_engine::views::MessageView;

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// Empties your own message; its place in the log stays.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    delete,
    path = "/v1/conversations/{id}/messages/{message_id}",
    operation_id = "delete_message",
    tag = "messages",
    params(("id" = ConversationId, Path), ("message_id" = MessageId, Path)),
    responses((status = 200, body = MessageView)),
)]
pub(super) async fn delete_message(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((conversation, message)): Path<(ConversationId, MessageId)>,
) -> Result<Json<MessageView>, Problem> {
    Ok(Json(delete(&app.engine, &ctx, conversation, message).await?))
}
