//! `POST /v1/conversations`: the business writes first.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tertulia_domain::content::Content;
use tertulia_domain::{ContactId, InboxId};
use tertulia_engine::conversations;
use tertulia_engine::views::ConversationView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// A first message to a contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewConversation {
    contact_id: ContactId,
    inbox_id: InboxId,
    content: Content,
    /// The same value again gives the same message again.
    client_id: Option<String>,
}

/// Writes to a contact on an inbox: into their open conversation, or into a new one.
///
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/conversations",
    operation_id = "create_conversation",
    tag = "conversations",
    request_body = NewConversation,
    responses((status = 201, body = ConversationView)),
)]
pub(super) async fn create_conversation(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<NewConversation>,
) -> Result<(StatusCode, Json<ConversationView>), Problem> {
    let command = conversations::Begin {
        contact: body.contact_id,
        inbox: body.inbox_id,
        content: body.content,
        client_id: body.client_id,
    };
    let view = conversations::begin(&app.engine, &ctx, command).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
