//! `PATCH /widget/v1/messages/{id}`: the visitor changes its own words.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::MessageId;
use tertulia_engine::messages::{self, Edit};
use tertulia_engine::views::WidgetMessageView;
use utoipa::ToSchema;

use super::guest::Guest;
use super::send::own;
use crate::app::App;
use crate::extract::{Body, Path};
use crate::problem::Problem;

/// Other words for a message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WidgetMessageChange {
    text: String,
}

/// Change one's own message.
#[utoipa::path(
    patch,
    path = "/widget/v1/messages/{message_id}",
    operation_id = "update_widget_message",
    tag = "widget",
    params(("message_id" = MessageId, Path)),
    request_body = WidgetMessageChange,
    responses((status = 200, body = WidgetMessageView)),
)]
pub(super) async fn update_widget_message(
    guest: Guest,
    State(app): State<App>,
    Path(message): Path<MessageId>,
    Body(body): Body<WidgetMessageChange>,
) -> Result<Json<WidgetMessageView>, Problem> {
    guest.require_writer(&app)?;
    let conversation = guest.conversation_of(&app, message).await?;
    let command = Edit { conversation, message, text: body.text };
    Ok(Json(own(messages::edit(&app.engine, guest.ctx(), command).await?)?))
}
