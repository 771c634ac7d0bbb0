//! `PUT /widget/v1/messages/{id}/reaction`: the visitor reacts to any message of the talk.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::MessageId;
use tertulia_engine::messages::{self, React};
use tertulia_engine::views::WidgetMessageView;
use utoipa::ToSchema;

use super::guest::Guest;
use super::send::own;
use crate::app::App;
use crate::extract::{Body, Path};
use crate::problem::Problem;

/// A reaction, or `null` to take it back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WidgetReaction {
    emoji: Option<String>,
}

/// React to a message.
#[utoipa::path(
    put,
    path = "/widget/v1/messages/{message_id}/reaction",
    operation_id = "put_widget_reaction",
    tag = "widget",
    params(("message_id" = MessageId, Path)),
    request_body = WidgetReaction,
    responses((status = 200, body = WidgetMessageView)),
)]
pub(super) async fn put_widget_reaction(
    guest: Guest,
    State(app): State<App>,
    Path(message): Path<MessageId>,
    Body(body): Body<WidgetReaction>,
) -> Result<Json<WidgetMessageView>, Problem> {
    guest.require_writer(&app)?;
    let conversation = guest.conversation_of(&app, message).await?;
    let command = React { conversation, message, emoji: body.emoji };
    Ok(Json(own(messages::react(&app.engine, guest.ctx(), command).await?)?))
}
