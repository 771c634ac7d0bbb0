//! What happened, in the words of Chatwoot's events: for agents, and less of it for customers.

use serde_json::{Map, Value, json};
use tertulia_domain::actor::ActorKind;
use tertulia_domain::event::EventKind;
use tertulia_domain::{AccountId, ContactId, ConversationId, UserId};
use tertulia_engine::views::{ActorView, ConversationView, EventView, MessageView};
use tertulia_live::Typist;
use tertulia_store::conversations::{self, Viewer};
use tertulia_store::{ReadTx, Result, Scope};

use crate::app::App;
use crate::compat::chatwoot::shapes::{Cast, Scene, contact, conversation, message, user};

/// The lines that an event makes for agents: `{"event", "data"}` as JSON texts.
pub(super) async fn for_agents(
    app: &App,
    account: AccountId,
    event: EventView,
) -> Result<Vec<String>> {
    let about = About::of(&event);
    let read = app.engine.store.read(Scope::Account(account), move |tx| about.read(tx, account));
    let Some((about, cast)) = read.await? else { return Ok(Vec::new()) };
    let cast = cast.at(app);
    let performer = performer(&cast, &event.actor);
    let line = |(name, data): (&str, Value)| line(account, name, data, performer.as_ref());
    Ok(about.say(&cast, &event).into_iter().map(line).collect())
}

/// Somebody types.
pub(super) async fn typing(
    app: &App,
    account: AccountId,
    (conversation, who, on): (ConversationId, Typist, bool),
) -> Result<Vec<String>> {
    let contacts = match &who {
        Typist::Customer { id, .. } => vec![*id],
        Typist::Agent { .. } => Vec::new(),
    };
    let about = About { message: None, conversation: Some(conversation), contacts };
    let read = app.engine.store.read(Scope::Account(account), move |tx| about.read(tx, account));
    let Some((about, cast)) = read.await? else { return Ok(Vec::new()) };
    let Some(shown) = about.conversation else { return Ok(Vec::new()) };
    let cast = cast.at(app);
    let typist = match who {
        Typist::Customer { id, .. } => cast.contacts.get(&id).map(contact::push),
        Typist::Agent { id, name } => id.map(|id| user::push(&cast, id, &name)),
    };
    let place = conversation::push(&cast, &shown);
    let data = json!({ "conversation": place, "user": typist, "is_private": false });
    Ok(vec![line(account, typing_name(on), data, None)])
}

/// The name of a typing event.
pub(in crate::compat::chatwoot) fn typing_name(on: bool) -> &'static str {
    if on { "conversation.typing_on" } else { "conversation.typing_off" }
}

/// One line: the name, and the data with what Chatwoot puts into all of them.
pub(in crate::compat::chatwoot) fn line(
    account: AccountId,
    name: &str,
    mut data: Value,
    performer: Option<&Value>,
) -> String {
    if let Value::Object(data) = &mut data {
        data.insert("account_id".to_owned(), account.0.into());
        if let Some(performer) = performer {
            data.insert("performer".to_owned(), performer.clone());
        }
    }
    json!({ "event": name, "data": data }).to_string()
}

/// What an event names, by ids.
struct About {
    message: Option<MessageView>,
    conversation: Option<ConversationId>,
    contacts: Vec<ContactId>,
}

/// The same, read.
struct Shown {
    message: Option<MessageView>,
    conversation: Option<ConversationView>,
}

impl About {
    fn of(event: &EventView) -> Self {
        let message = event.data.get("message").cloned();
        let id = |path: &str| event.data.pointer(path).and_then(Value::as_i64).map(ContactId);
        let contact = match event.kind {
            EventKind::ContactMerged => id("/into"),
            _ => id("/contact/id"),
        };
        Self {
            message: message.and_then(|message| serde_json::from_value(message).ok()),
            conversation: event.conversation_id,
            contacts: contact.into_iter().collect(),
        }
    }

    fn read(&self, tx: &mut ReadTx<'_>, account: AccountId) -> Result<Option<(Shown, Cast)>> {
        let found = match self.conversation {
            Some(id) => conversations::shown_one(tx, account, Viewer::SYSTEM, id)?,
            None => None,
        };
        let conversation = found.as_ref().map(ConversationView::from);
        let scene = Scene {
            conversations: conversation.as_slice(),
            messages: self.message.as_slice(),
            contacts: &self.contacts,
        };
        let cast = Cast::read(tx, account, scene)?;
        let shown = Shown { message: self.message.clone(), conversation };
        Ok(cast.map(|cast| (shown, cast)))
    }
}

impl Shown {
    fn say(&self, cast: &Cast, event: &EventView) -> Vec<(&'static str, Value)> {
        let of_conversation = |names: &[&'static str]| {
            let shape = self.conversation.as_ref().map(|c| conversation::push(cast, c));
            let each = |name: &&'static str| Some((*name, shape.clone()?));
            names.iter().filter_map(each).collect::<Vec<_>>()
        };
        let of_contact = |name: &'static str| {
            cast.contacts.values().map(|c| (name, contact::push(c))).collect::<Vec<_>>()
        };
        match event.kind {
            EventKind::MessageCreated => self.message(cast, "message.created"),
            EventKind::MessageUpdated => self.message(cast, "message.updated"),
            EventKind::ConversationCreated => of_conversation(&["conversation.created"]),
            EventKind::ConversationUpdated => of_conversation(&changes(&event.data)),
            EventKind::ConversationRead if is_by_customer(&event.data) => {
                of_conversation(&["conversation.read"])
            }
            EventKind::ContactCreated => of_contact("contact.created"),
            EventKind::ContactUpdated | EventKind::ContactBlocked | EventKind::ContactUnblocked => {
                of_contact("contact.updated")
            }
            EventKind::ContactMerged => {
                let mut lines = of_contact("contact.merged");
                lines.push(("contact.deleted", gone(&event.data)));
                lines
            }
            EventKind::ContactErased => vec![("contact.deleted", gone(&event.data))],
            // Chatwoot has no event for it, or none that is sent to sockets.
            _ => Vec::new(),
        }
    }

    fn message(&self, cast: &Cast, name: &'static str) -> Vec<(&'static str, Value)> {
        let shape = |m: &MessageView| message::push(cast, m, self.conversation.as_ref());
        self.message.as_ref().map(|m| (name, shape(m))).into_iter().collect()
    }
}

/// The events that a changed conversation makes.
fn changes(data: &Value) -> Vec<&'static str> {
    let changed = |name: &str| data.get("changed").is_some_and(|c| c.get(name).is_some());
    let special = [
        ("status", "conversation.status_changed"),
        ("assignee_id", "assignee.changed"),
        ("team_id", "team.changed"),
    ];
    let special = special.into_iter().filter(|(name, _)| changed(name)).map(|(_, event)| event);
    std::iter::once("conversation.updated").chain(special).collect()
}

/// Chatwoot tells when the customer has read, not when an agent has.
fn is_by_customer(data: &Value) -> bool {
    data.get("reader").is_some_and(|reader| reader == "customer")
}

/// A contact that is no more.
fn gone(data: &Value) -> Value {
    let mut shape = Map::new();
    shape.insert("id".to_owned(), data.get("contact_id").cloned().unwrap_or_default());
    shape.into()
}

fn performer(cast: &Cast, actor: &ActorView) -> Option<Value> {
    let id = actor.id.filter(|_| actor.kind == ActorKind::User)?;
    Some(user::push(cast, UserId(id), &actor.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_conversation_says_what_changed() {
        assert_eq!(changes(&json!({})), ["conversation.updated"]);
        let data = json!({"changed": {"status": {"from": "pending", "to": "open"}, "team_id": {}}});
        let expected = ["conversation.updated", "conversation.status_changed", "team.changed"];
        assert_eq!(changes(&data), expected);
    }

    #[test]
    fn every_line_names_the_account() {
        let text = line(AccountId(3), "contact.deleted", json!({"id": 1}), None);
        assert_eq!(text, r#"{"event":"contact.deleted","data":{"id":1,"account_id":3}}"#);
    }
}
