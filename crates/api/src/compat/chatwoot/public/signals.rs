//! What a customer does besides writing: types, reads, and closes the conversation.

use axum::extract::State;
use tertulia_engine::conversations::resolve_by_customer;
use tertulia_engine::reads;
use tertulia_store::sockets::Place;

use super::At;
use super::conversations::whole;
use crate::app::App;
use crate::compat::chatwoot::{Empty, Fields, Refusal, Reply};

/// Only ever closes: an app has no say in what is open.
pub(super) async fn toggle_status(at: At, State(app): State<App>) -> Result<Reply, Refusal> {
    at.customer.require_writer(&app)?;
    resolve_by_customer(&app.engine, at.customer.ctx(), at.id()).await?;
    Ok(Reply(whole(&app, &at.customer, at.id()).await?))
}

pub(super) async fn toggle_typing(
    at: At,
    State(app): State<App>,
    fields: Fields,
) -> Result<Empty, Refusal> {
    let on = match fields.required("typing_status")?.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(Refusal::wrong("typing_status", "must be on or off")),
    };
    if !at.customer.known.is_blocked {
        let conversation = &at.conversation;
        let place = Place {
            room_id: conversation.room_id,
            inbox_id: conversation.inbox_id,
            contact_id: conversation.contact_id,
        };
        let ctx = at.customer.ctx();
        app.live.customer_types(ctx.account_id, conversation.id, place, &ctx.name, on);
    }
    Ok(Empty)
}

pub(super) async fn update_last_seen(at: At, State(app): State<App>) -> Result<Empty, Refusal> {
    let seq = at.conversation.last_seq;
    reads::mark_by_contact(&app.engine, at.customer.ctx(), at.id(), seq).await?;
    Ok(Empty)
}
