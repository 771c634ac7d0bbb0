//! Pictures of contacts and of bots: fetched by a job, kept as files that no message has.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tertulia_channels::{self as channels, FetchError};
use tertulia_domain::attachment::{Attachment, MediaKind};
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::{AccountId, ContactId, InboxId, Timestamp};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, attachments, contacts, inboxes};

use super::fetch::Fetched;
use super::keep::{examine, forget, keep, reserve};
use crate::{Change, Ctx, Engine, Error, Result};

/// The kind of the job that fetches a contact's picture.
pub const PICTURE: &str = "contact.picture";
/// How long a picture is asked for before it is given up.
const PICTURE_SECS: u64 = 86_400;
/// What the file is called.
const NAME: &str = "picture";

/// The payload of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    contact: ContactId,
    inbox: InboxId,
    reference: String,
    ordered_at: Timestamp,
}

/// Orders the picture of a contact, in the transaction that makes it known.
pub(crate) fn order_picture(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    contact: ContactId,
    reference: &str,
) -> Result<()> {
    let order = Order { contact, inbox, reference: reference.to_owned(), ordered_at: change.now };
    let pool = format!("files:{inbox}");
    let job = NewJob {
        account: Some(change.ctx.account_id),
        kind: PICTURE,
        lane: None,
        pool: Some(&pool),
        payload: &json!(order),
        run_at: change.now,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}

/// Fetches the picture of a job's payload. Most people have one, nobody has to.
pub async fn picture(engine: &Engine, account: AccountId, payload: &Value) -> Result<Fetched> {
    let read = |e: serde_json::Error| Error::Internal(format!("payload of a picture: {e}"));
    let order = Order::deserialize(payload).map_err(read)?;
    let (inbox, contact) = (order.inbox, order.contact);
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(inboxes::get(tx, account, inbox)?.zip(contacts::find(tx, account, contact)?))
        })
        .await?;
    let Some((inbox, contact)) = found else { return Ok(Fetched::Settled) };
    if contact.avatar_token.is_some() || !contact.is_present() {
        return Ok(Fetched::Settled);
    }
    let file = match fetched(engine, account, &inbox, &order.reference).await {
        Ok(file) => file,
        Err(Trouble::Nothing) => return Ok(Fetched::Settled),
        Err(Trouble::Later { after, reason }) => {
            let age = engine.clock.now().since(order.ordered_at);
            let is_over = age > Duration::from_secs(PICTURE_SECS);
            return Ok(if is_over { Fetched::Settled } else { Fetched::Again { after, reason } });
        }
        Err(Trouble::Ours(error)) => return Err(error),
    };
    let (id, kept) = (contact.id, file.clone());
    let is_kept = engine
        .transact(&Ctx::system(account), move |change| {
            let Some(mut contact) = contacts::lock(change.tx, account, id)? else {
                return Ok(false);
            };
            if contact.avatar_token.is_some() || !contact.is_present() {
                return Ok(false);
            }
            keep_picture(change, &kept, &format!("contact:{id}"))?;
            contact.avatar_token = Some(kept.token.clone());
            contact.updated_at = change.now;
            contacts::save(change.tx, account, &contact)?;
            change.tell_contact(EventKind::ContactUpdated, id).map(|_| true)
        })
        .await?;
    if !is_kept {
        forget(engine, &file).await;
    }
    Ok(Fetched::Settled)
}

/// Keeps the row of a picture whose bytes are in their place.
pub(crate) fn keep_picture(change: &mut Change<'_, '_>, file: &Attachment, of: &str) -> Result<()> {
    attachments::create(change.tx, file, &format!("picture:{of}"))?;
    Ok(())
}

/// A picture, with its bytes in their place; `None` when there is none to be had now.
pub(crate) async fn fetch_picture(
    engine: &Engine,
    account: AccountId,
    inbox: &Inbox,
    reference: &str,
) -> Result<Option<Attachment>> {
    match fetched(engine, account, inbox, reference).await {
        Ok(file) => Ok(Some(file)),
        Err(Trouble::Nothing | Trouble::Later { .. }) => Ok(None),
        Err(Trouble::Ours(error)) => Err(error),
    }
}

/// Why there is no picture.
enum Trouble {
    Nothing,
    Later { after: Option<Duration>, reason: String },
    Ours(Error),
}

async fn fetched(
    engine: &Engine,
    account: AccountId,
    inbox: &Inbox,
    reference: &str,
) -> Result<Attachment, Trouble> {
    let (now, bytes_max) = (engine.clock.now(), engine.settings.uploads.bytes_max);
    let bytes = channels::fetch(&engine.http, inbox, reference, bytes_max, now).await;
    let bytes = bytes.map_err(|error| match error {
        FetchError::Refused { .. } => Trouble::Nothing,
        FetchError::Later { delay, detail } => Trouble::Later { after: delay, reason: detail },
    })?;
    let found = examine(engine, &bytes).await.map_err(|error| match error {
        Error::Invalid { .. } => Trouble::Nothing,
        error => Trouble::Ours(error),
    })?;
    if found.kind != MediaKind::Image {
        return Err(Trouble::Nothing);
    }
    let place = Attachment { name: NAME.to_owned(), ..reserve(engine, account) };
    keep(engine, place, bytes, found).await.map_err(Trouble::Ours)
}
