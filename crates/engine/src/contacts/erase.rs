//! A person is erased, in two phases: at once what identifies, then, by a job, everything said.
//!
//! Rooms, conversations and messages stay as empty shells, so that order, counts and the journal hold.
//! Addresses leave a hash behind, so that a late redelivery brings nobody back.

use serde_json::{Map, Value, json};
use tertulia_domain::access::Permission;
use tertulia_domain::contact::{Contact, Identity};
use tertulia_domain::event::EventKind;
use tertulia_domain::{AccountId, ContactId, EventId, MessageId, RoomId};
use tertulia_jobs::{Backoff, Job, JobError, Policy};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, contacts, conversations, erasure, identities, rooms, search};

use crate::conversations::close;
use crate::{Change, Ctx, Engine, Error, Fact, Result, secret};

/// The kind of the job that does the second phase.
pub const ERASE_KIND: &str = "contact.erase";
/// It must succeed some day: tried every hour at the latest, for half a year.
pub const ERASE_POLICY: Policy = Policy {
    attempts_max: 4_000,
    backoff: Backoff::Doubling { first_ms: 1_000, max_ms: 3_600_000 },
};
/// Rows of one transaction.
const BATCH_MAX: i64 = 200;
/// Members of an event whose texts are words of ours, or moments: they say nothing about a person.
const PLAIN: &[&str] = &[
    "action",
    "at",
    "channel",
    "code",
    "content_type",
    "created_at",
    "deleted_at",
    "delivery",
    "direction",
    "edited_at",
    "kind",
    "last_activity_at",
    "last_seen_at",
    "priority",
    "reader",
    "resolved_at",
    "role",
    "snoozed_until",
    "state",
    "status",
    "type",
    "updated_at",
    "visibility",
    "waiting_since",
];
/// Members that hold whatever somebody put there.
const FREE: &[&str] = &["attributes", "origin", "values", "params"];

/// Erases a person. When this answers, nobody can be recognised any more by name or address; what was
/// said follows within moments.
pub async fn erase(engine: &Engine, ctx: &Ctx, contact: ContactId) -> Result<()> {
    ctx.require(Permission::ContactsManage)?;
    engine
        .commit_in_contact(ctx, contact, move |change| {
            let account = change.ctx.account_id;
            change.contact(contact)?;
            for mut open in conversations::open_of_contact(change.tx, account, contact)? {
                rooms::lock(change.tx, account, open.room_id)?;
                close(change, &mut open)?;
                change.changed(&mut open)?;
            }
            for person in erasure::persons(change.tx, account, contact)? {
                cut_off(change, person)?;
            }
            let data = json!({"contact_id": contact});
            change.record(&Fact::new(EventKind::ContactErased, data).about(contact.0))?;
            let payload = &json!({"contact_id": contact});
            let (account, kind, now) = (Some(account), ERASE_KIND, change.now);
            let job = NewJob { account, kind, lane: None, pool: None, payload, run_at: now, now };
            jobs::enqueue(change.tx, &job)?;
            Ok(())
        })
        .await
}

fn cut_off(change: &mut Change<'_, '_>, person: ContactId) -> Result<()> {
    let account = change.ctx.account_id;
    let Some((contact, identities)) = contacts::shown(change.tx, account, person)? else {
        return Ok(());
    };
    erasure::drop_mentions(change.tx, account, &marks(&contact, &identities))?;
    for identity in &identities {
        let hash = secret::hash(&identity.address);
        identities::bury(change.tx, account, identity.inbox_id, &hash, change.now)?;
        erasure::let_go_uploads(change.tx, account, identity)?;
    }
    erasure::forget_contact(change.tx, account, person, change.now)?;
    search::refresh_contacts(change.tx, account, &[person])?;
    Ok(())
}

/// What tells the person apart in input that nobody could read.
fn marks(contact: &Contact, identities: &[Identity]) -> Vec<String> {
    let addresses = identities.iter().map(|identity| identity.address.clone());
    let known = [contact.email.clone(), contact.phone.clone()].into_iter().flatten();
    addresses.chain(known).filter(|mark| mark.chars().count() > 3).collect()
}

/// The second phase: empties messages, files and the journal, batch by batch.
pub async fn finish(engine: Engine, job: Job) -> Result<(), JobError> {
    let contact = job.payload.get("contact_id").and_then(Value::as_i64).map(ContactId);
    let (Some(account), Some(contact)) = (job.account, contact) else {
        return Err(JobError::fail("the payload names no contact"));
    };
    sweep(&engine, account, contact).await.map_err(JobError::from)
}

async fn sweep(engine: &Engine, account: AccountId, contact: ContactId) -> Result<()> {
    let scope = Scope::Account(account);
    let (persons, rooms) = engine
        .store
        .read::<_, Error, _>(scope, move |tx| {
            let persons = erasure::persons(tx, account, contact)?;
            let mut rooms = Vec::new();
            for person in &persons {
                rooms.extend(erasure::rooms(tx, account, *person)?);
            }
            Ok((persons, rooms))
        })
        .await?;
    for room in &rooms {
        empty_room(engine, account, *room).await?;
    }
    for person in persons {
        rewrite_journal(engine, account, person, &rooms).await?;
    }
    Ok(engine.store.empty_log().await?)
}

async fn empty_room(engine: &Engine, account: AccountId, room: RoomId) -> Result<()> {
    let (scope, now) = (Scope::Account(account), engine.clock.now());
    let mut after = MessageId(0);
    loop {
        let read = move |tx: &mut tertulia_store::ReadTx<'_>| {
            let ids = erasure::messages(tx, account, room, after, BATCH_MAX)?;
            let files = erasure::files(tx, account, &ids)?;
            Ok((ids, files))
        };
        let (ids, files) = engine.store.read::<_, tertulia_store::Error, _>(scope, read).await?;
        let Some(last) = ids.last().copied() else { return Ok(()) };
        after = last;
        // Bytes first: when their store is not there the job is tried again, and must still know them.
        forget_files(engine, files).await?;
        let wiped = engine.store.write::<_, tertulia_store::Error, _>(scope, move |tx| {
            rooms::lock(tx, account, room)?;
            let files = erasure::wipe_messages(tx, account, &ids, now)?;
            search::refresh_messages(tx, account, &ids)?;
            Ok(files)
        });
        // Those that came in between.
        forget_files(engine, wiped.await?).await?;
    }
}

async fn forget_files(engine: &Engine, files: Vec<erasure::Keys>) -> Result<()> {
    for (key, thumbnail) in files {
        for key in std::iter::once(key).chain(thumbnail) {
            engine.blobs.delete(&key).await?;
        }
    }
    Ok(())
}

async fn rewrite_journal(
    engine: &Engine,
    account: AccountId,
    person: ContactId,
    rooms: &[RoomId],
) -> Result<()> {
    let scope = Scope::Account(account);
    let mut after = EventId(0);
    loop {
        let rooms = rooms.to_vec();
        let rewrite = engine.store.write::<_, tertulia_store::Error, _>(scope, move |tx| {
            let mut traces = erasure::traces(tx, account, person, &rooms, after, BATCH_MAX)?;
            for trace in &mut traces {
                blank(&mut trace.data);
                erasure::rewrite_trace(tx, account, trace)?;
            }
            if traces.is_empty() {
                erasure::forget_answers(tx, account, person, &rooms)?;
            }
            Ok(traces.last().map(|trace| trace.event))
        });
        match rewrite.await? {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// Empties every text that a person can have written, and keeps the shape that readers rely on.
fn blank(value: &mut Value) {
    match value {
        Value::String(text) => text.clear(),
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Object(members) => {
            for (name, member) in members {
                if FREE.contains(&name.as_str()) {
                    if member.is_object() {
                        *member = Value::Object(Map::new());
                    }
                } else if !(PLAIN.contains(&name.as_str()) && member.is_string()) {
                    blank(member);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_and_the_shape_stays() {
        let mut event = json!({"message": {
            "id": 1, "seq": 7, "visibility": "public", "text": "I am Ana",
            "sender": {"kind": "customer", "name": "Ana"}, "created_at": "2026-01-31T12:00:00Z",
            "content": {"type": "reply", "text": "Ana", "message_id": 3, "values": {"mail": "a@b.c"}},
            "attachments": [{"name": "ana.jpg", "token": "secret"}], "deleted_at": null,
        }});
        blank(&mut event);
        let expected = json!({"message": {
            "id": 1, "seq": 7, "visibility": "public", "text": "",
            "sender": {"kind": "customer", "name": ""}, "created_at": "2026-01-31T12:00:00Z",
            "content": {"type": "reply", "text": "", "message_id": 3, "values": {}},
            "attachments": [{"name": "", "token": ""}], "deleted_at": null,
        }});
        assert_eq!(event, expected);
    }
}
