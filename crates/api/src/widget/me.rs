//! `GET /widget/v1/me`: the visitor, its conversation, and where its stream goes on.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use tertulia_engine::views::{VisitorView, WidgetConversationView};
use tertulia_store::{Scope, conversations, events, visitors};
use utoipa::ToSchema;

use super::guest::Guest;
use crate::app::App;
use crate::problem::Problem;

/// The visitor and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    visitor: VisitorView,
    conversation: Option<WidgetConversationView>,
    /// Subscribe with it: everything that happens after this answer is then in the stream.
    cursor: String,
}

/// The visitor, its conversation, and the place of the stream behind this answer.
#[utoipa::path(
    get,
    path = "/widget/v1/me",
    operation_id = "get_visitor",
    tag = "widget",
    responses((status = 200, body = Me)),
)]
pub(super) async fn get_visitor(guest: Guest, State(app): State<App>) -> Result<Json<Me>, Problem> {
    let (account, contact) = (guest.ctx().account_id, guest.visitor.contact_id);
    let read =
        app.engine.store.read::<_, tertulia_store::Error, _>(Scope::Account(account), move |tx| {
            let cursor = events::latest(tx)?;
            let newest = conversations::newest_of_contact(tx, account, contact, None)?;
            let Some(c) = newest else { return Ok((cursor, None)) };
            let unread_count = visitors::unread(tx, account, c.room_id, c.contact_read_seq)?;
            let conversation = WidgetConversationView {
                id: c.id,
                status: c.status,
                agent_read_seq: c.agent_read_seq,
                contact_read_seq: c.contact_read_seq,
                last_seq: c.last_seq,
                unread_count,
            };
            Ok((cursor, Some(conversation)))
        });
    let (cursor, conversation) = read.await?;
    Ok(Json(Me { visitor: guest.visitor.view, conversation, cursor: cursor.to_string() }))
}
