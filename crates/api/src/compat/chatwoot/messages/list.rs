//! `GET conversations/{id}/messages`: the log around a message, and who takes part in it.

use axum::extract::State;
use serde_json::{Map, Value, json};
use tertulia_domain::access::Permission;
use tertulia_domain::message::Message;
use tertulia_domain::{AccountId, MessageId, RoomId};
use tertulia_engine::views::{ConversationView, MessageView};
use tertulia_store::messages::{self, Log, Span};
use tertulia_store::{Error as StoreError, ReadTx, Scope, conversations};

use crate::app::App;
use crate::compat::chatwoot::conversations::Place;
use crate::compat::chatwoot::shapes::{Cast, Scene, contact, conversation, iso, message, user};
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

/// The newest messages, or those before one.
const NEWEST_MAX: usize = 20;
/// Those after a message.
const AFTER_MAX: usize = 100;
/// Those between two messages.
const BETWEEN_MAX: usize = 1_000;

/// What of the log is asked for, by ids of messages.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    before: Option<MessageId>,
    after: Option<MessageId>,
}

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let wanted = Wanted {
        before: fields.integer("before")?.map(MessageId),
        after: fields.integer("after")?.map(MessageId),
    };
    let id = place.find(&app, &ctx).await?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let Some(shown) = conversations::shown_one(tx, account, viewer, id)? else {
            return Ok(None);
        };
        let log =
            Log { room: shown.conversation.room_id, conversation: Some(id), public_only: false };
        let found: Vec<_> = page(tx, account, log, wanted)?.iter().map(MessageView::from).collect();
        let of = ConversationView::from(&shown);
        let conversations = std::slice::from_ref(&of);
        let scene = Scene { conversations, messages: &found, ..Scene::default() };
        Ok(Cast::read(tx, account, scene)?.map(|cast| (cast, of, found)))
    });
    let (cast, of, found) = read.await?.ok_or_else(Refusal::not_found)?;
    let cast = cast.at(&app);
    let payload: Vec<Value> = found.iter().map(|m| message::rest(&cast, m)).collect();
    Ok(Reply(json!({"meta": meta(&cast, &of), "payload": payload})))
}

fn page(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    log: Log,
    wanted: Wanted,
) -> tertulia_store::Result<Vec<Message>> {
    let before = match wanted.before {
        Some(id) => Some(end(tx, account, log.room, id)?),
        None => None,
    };
    let after = match wanted.after {
        Some(id) => Some(messages::seq_of(tx, account, log.room, id)?.unwrap_or(0)),
        None => None,
    };
    let (span, limit) = match (before, after) {
        (None, None) => (Span::Newest, NEWEST_MAX),
        (Some(seq), None) => (Span::Before(seq), NEWEST_MAX),
        (None, Some(seq)) => (Span::After(seq), AFTER_MAX),
        (Some(_), Some(seq)) => (Span::After(seq), BETWEEN_MAX),
    };
    let (mut found, _) = messages::page(tx, account, log, span, limit)?;
    if let (Some(before), Some(_)) = (before, after) {
        found.retain(|message| message.seq < before);
    }
    Ok(found)
}

/// The number that everything before a message is below; the message itself may be somewhere else.
fn end(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    id: MessageId,
) -> tertulia_store::Result<i64> {
    let seq = messages::seq_of(tx, account, room, id)?;
    let is_there = messages::find(tx, account, id)?.is_some_and(|message| message.room_id == room);
    Ok(seq.map_or(0, |seq| if is_there { seq } else { seq.saturating_add(1) }))
}

fn meta(cast: &Cast, of: &ConversationView) -> Value {
    let seen_at = cast.around.get(&of.id).and_then(|around| around.agents_seen_at).map(iso);
    let mut meta = Map::new();
    let mut put = |name: &str, value: Value| drop(meta.insert(name.to_owned(), value));
    put("labels", of.labels.clone().into());
    put("additional_attributes", conversation::additional(of));
    put("contact", cast.contacts.get(&of.contact.id).map(contact::push).unwrap_or_default());
    if let Some(assignee) = of.assignee.as_ref().and_then(|a| cast.users.get(&a.id)) {
        put("assignee", user::agent(cast.account.id, assignee, cast.presence(assignee.id)));
    }
    put("agent_last_seen_at", seen_at.clone().into());
    put("assignee_last_seen_at", seen_at.into());
    meta.into()
}
