//! `PUT /v1/conversations/{id}/messages/{message_id}/reaction`: react, or take it back.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_engine::messages::{React, react};
use tertulia_engine::views::MessageView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body, Path};
use crate::problem::Problem;

/// A reaction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewReaction {
    /// `null` takes yours back.
    emoji: Option<String>,
}

/// Sets your reaction to a message; each person has at most one.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    put,
    path = "/v1/conversations/{id}/messages/{message_id}/reaction",
    operation_id = "react_to_message",
    tag = "messages",
    params(("id" = ConversationId, Path), ("message_id" = MessageId, Path)),
    request_body = NewReaction,
    responses((status = 200, body = MessageView)),
)]
pub(super) async fn react_to_message(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((conversation, message)): Path<(ConversationId, MessageId)>,
    Body(body): Body<NewReaction>,
) -> Result<Json<MessageView>, Problem> {
    let command = React { conversation, message, emoji: body.emoji };
    Ok(Json(react(&app.engine, &ctx, command).await?))
}
