//! `DELETE /widget/v1/messages/{id}`: the visitor takes a message back.

use axum::Json;
use axum::extract::State;
use tertulia_domain::MessageId;
use tertulia_engine::messages;
use tertulia_engine::views::WidgetMessageView;

use super::guest::Guest;
use super::send::own;
use crate::app::App;
use crate::extract::Path;
use crate::problem::Problem;

/// Take one's own message back: its place stays, empty.
#[utoipa::path(
    delete,
    path = "/widget/v1/messages/{message_id}",
    operation_id = "delete_widget_message",
    tag = "widget",
    params(("message_id" = MessageId, Path)),
    responses((status = 200, body = WidgetMessageView)),
)]
pub(super) async fn delete_widget_message(
    guest: Guest,
    State(app): State<App>,
    Path(message): Path<MessageId>,
) -> Result<Json<WidgetMessageView>, Problem> {
    guest.require_writer(&app)?;
    let conversation = guest.conversation_of(&app, message).await?;
    let deleted = messages::delete(&app.engine, guest.ctx(), conversation, message).await?;
    Ok(Json(own(deleted)?))
}
