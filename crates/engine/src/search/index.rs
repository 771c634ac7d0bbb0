//! A follower of the journal that keeps the full-text index of messages and contacts.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Deserialize;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::Visibility;
use tertulia_domain::{AccountId, ContactId, MessageId};
use tertulia_jobs::Follower;
use tertulia_store::events::Event;
use tertulia_store::{ReadTx, Result, WriteTx, search};

/// Events per transaction: long enough to be worth an fsync, short enough (a few milliseconds) that a
/// message behind it does not notice.
const BATCH_MAX: i64 = 64;
/// Rests so many times as long as it works, while others wait: indexing a message costs the writer a
/// good part of what writing it costs, and who writes in a rush must not wait for the index.
const REST_FACTOR: u32 = 6;

/// Follows the journal and refreshes what changed.
pub struct Indexer;

/// What a batch of events changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stale {
    messages: BTreeMap<AccountId, BTreeSet<MessageId>>,
    contacts: BTreeMap<AccountId, BTreeSet<ContactId>>,
}

impl Follower for Indexer {
    type Work = Stale;

    fn name(&self) -> &'static str {
        "search"
    }

    fn batch_max(&self) -> i64 {
        BATCH_MAX
    }

    fn rest(&self, took: Duration) -> Duration {
        took * REST_FACTOR
    }

    fn plan(&self, _: &mut ReadTx<'_>, events: &[Event]) -> Result<Option<Stale>> {
        Ok(stale(events))
    }

    fn apply(&self, tx: &mut WriteTx<'_>, stale: &Stale) -> Result<()> {
        for (account, ids) in &stale.messages {
            search::refresh_messages(tx, *account, &ids.iter().copied().collect::<Vec<_>>())?;
        }
        for (account, ids) in &stale.contacts {
            search::refresh_contacts(tx, *account, &ids.iter().copied().collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

fn stale(events: &[Event]) -> Option<Stale> {
    let mut stale = Stale::default();
    for event in events {
        if let Some(id) = message_id(event) {
            stale.messages.entry(event.account_id).or_default().insert(id);
        }
        for id in contact_ids(event) {
            stale.contacts.entry(event.account_id).or_default().insert(id);
        }
    }
    (stale != Stale::default()).then_some(stale)
}

/// What is wanted of the data of an event about a message.
#[derive(Deserialize)]
struct MessageData {
    message: MessageMark,
}

#[derive(Deserialize)]
struct MessageMark {
    id: MessageId,
    visibility: Visibility,
}

/// What is wanted of the data of an event about contacts: `{contact}`, or `{contact_id, into}` when
/// two became one.
#[derive(Deserialize)]
struct ContactData {
    contact: Option<ContactMark>,
    contact_id: Option<ContactId>,
    into: Option<ContactId>,
}

#[derive(Deserialize)]
struct ContactMark {
    id: ContactId,
}

/// The message whose words changed. Activity lines have none.
fn message_id(event: &Event) -> Option<MessageId> {
    if !matches!(event.kind, EventKind::MessageCreated | EventKind::MessageUpdated) {
        return None;
    }
    let MessageData { message } = event.data.read().ok()?;
    (message.visibility != Visibility::Activity).then_some(message.id)
}

/// The contacts that the event is about.
fn contact_ids(event: &Event) -> Vec<ContactId> {
    let about_contacts = matches!(
        event.kind,
        EventKind::ContactCreated
            | EventKind::ContactUpdated
            | EventKind::ContactMerged
            | EventKind::ContactErased
    );
    if !about_contacts {
        return Vec::new();
    }
    let Ok(ContactData { contact, contact_id, into }) = event.data.read() else {
        return Vec::new();
    };
    [contact.map(|contact| contact.id), contact_id, into].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use tertulia_domain::actor::Actor;
    use tertulia_domain::event::Audience;
    use tertulia_domain::{EventId, Timestamp};
    use tertulia_store::Json;
    use tertulia_store::events::Cursor;

    fn event(kind: EventKind, data: Value) -> Event {
        Event {
            id: EventId(1),
            account_id: AccountId(1),
            cursor: Cursor::default(),
            kind,
            audience: Audience::Staff,
            room_id: None,
            conversation_id: None,
            inbox_id: None,
            subject_id: None,
            actor: Actor::system(),
            reason: None,
            request_id: None,
            data: Json::from(data),
            at: Timestamp(0),
        }
    }

    #[test]
    fn a_message_that_changes_twice_is_refreshed_once() {
        let data = json!({"message": {"id": 7, "visibility": "public"}});
        let events = [
            event(EventKind::MessageCreated, data.clone()),
            event(EventKind::MessageUpdated, data),
            event(
                EventKind::MessageCreated,
                json!({"message": {"id": 8, "visibility": "activity"}}),
            ),
        ];
        let stale = stale(&events).unwrap();
        assert_eq!(stale.messages, [(AccountId(1), [MessageId(7)].into())].into());
    }

    #[test]
    fn a_merge_refreshes_both_contacts_and_other_events_nothing() {
        let merged = event(EventKind::ContactMerged, json!({"contact_id": 1, "into": 2}));
        let found = stale(&[merged]).unwrap().contacts;
        assert_eq!(found, [(AccountId(1), [ContactId(1), ContactId(2)].into())].into());
        assert_eq!(stale(&[event(EventKind::ConversationRead, json!({"contact_id": 1}))]), None);
    }
}
