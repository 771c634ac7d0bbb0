//! `POST /widget/v1/messages`: the visitor writes.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::MessageId;
use tertulia_domain::content::Content;
use tertulia_engine::inbound::{Page, VisitorMessage, accept_visitor_message};
use tertulia_engine::views::WidgetMessageView;
use tertulia_engine::visitors;
use utoipa::ToSchema;

use super::guest::Guest;
use crate::app::App;
use crate::extract::Body;
use crate::problem::Problem;

/// What a visitor writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewWidgetMessage {
    /// Made by the app; the same value again gives the same message again.
    client_id: String,
    content: Content,
    /// Tokens of uploads.
    #[serde(default)]
    attachments: Vec<String>,
    reply_to: Option<MessageId>,
}

/// Write a message.
///
/// It goes into the visitor's open conversation, or begins one. Answered when it is stored.
#[utoipa::path(
    post,
    path = "/widget/v1/messages",
    operation_id = "create_widget_message",
    tag = "widget",
    request_body = NewWidgetMessage,
    responses((status = 201, body = WidgetMessageView)),
)]
pub(super) async fn create_widget_message(
    guest: Guest,
    State(app): State<App>,
    Body(body): Body<NewWidgetMessage>,
) -> Result<(StatusCode, Json<WidgetMessageView>), Problem> {
    guest.require_writer(&app)?;
    let page = guest.visitor.page.clone().and_then(|page| serde_json::from_value(page).ok());
    let page = page.map(|visitors::Page { url, title, referrer }| Page { url, title, referrer });
    let command = VisitorMessage {
        client_id: body.client_id,
        content: body.content,
        attachments: body.attachments,
        reply_to: body.reply_to,
        page,
    };
    let message = accept_visitor_message(&app.engine, guest.ctx(), command).await?;
    Ok((StatusCode::CREATED, Json(own(message)?)))
}

/// The customer's side of its own message.
pub(super) fn own(
    message: tertulia_engine::views::MessageView,
) -> Result<WidgetMessageView, Problem> {
    WidgetMessageView::new(message).ok_or_else(|| Problem::not_found("message"))
}
