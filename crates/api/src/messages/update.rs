//! `PATCH /v1/conversations/{id}/messages/{message_id}`: other words.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_engine::messages::{Edit, edit};
use tertulia_engine::views::MessageView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// New words for a message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MessageChange {
    text: String,
}

/// Changes the words of your own message.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    patch,
    path = "/v1/conversations/{id}/messages/{message_id}",
    operation_id = "update_message",
    tag = "messages",
    params(("id" = ConversationId, Path), ("message_id" = MessageId, Path)),
    request_body = MessageChange,
    responses((status = 200, body = MessageView)),
)]
pub(super) async fn update_message(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((conversation, message)): Path<(ConversationId, MessageId)>,
    Body(body): Body<MessageChange>,
) -> Result<Json<MessageView>, Problem> {
    let command = Edit { conversation, message, text: body.text };
    Ok(Json(edit(&app.engine, &ctx, command).await?))
}
