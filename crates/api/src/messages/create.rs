//! `POST /v1/conversations/{id}/messages`: write to the customer, or a note to colleagues.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::content::Content;
use tertulia_domain::message::Visibility;
use tertulia_domain::span::Span;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_engine::messages::{Send, send};
use tertulia_engine::views::MessageView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// A message to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewMessage {
    content: Content,
    /// Formatting of the content's text, for channels that carry it.
    #[serde(default)]
    spans: Vec<Span>,
    /// `public` unless it says `note`.
    visibility: Option<Visibility>,
    /// Made by the client; the same value again gives the same message again.
    client_id: Option<String>,
    reply_to: Option<MessageId>,
    /// Tokens of uploads.
    #[serde(default)]
    attachments: Vec<String>,
    /// The last `seq` that the writer has seen: refused if the customer has written since.
    expected_seq: Option<i64>,
}

/// Sends a message. A public one takes control of the conversation.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations/{id}/messages",
    operation_id = "create_message",
    tag = "messages",
    params(("id" = ConversationId, Path)),
    request_body = NewMessage,
    responses((status = 201, body = MessageView)),
)]
pub(super) async fn create_message(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<ConversationId>,
    Body(body): Body<NewMessage>,
) -> Result<(StatusCode, Json<MessageView>), Problem> {
    let command = Send {
        conversation: id,
        content: body.content,
        spans: body.spans,
        visibility: body.visibility.unwrap_or(Visibility::Public),
        client_id: body.client_id,
        external_id: None,
        reply_to: body.reply_to,
        attachments: body.attachments,
        expected_seq: body.expected_seq,
    };
    let view = send(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
