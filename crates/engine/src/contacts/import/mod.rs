//! Contacts from a CSV file: first everything is looked at, then what is fine is written.
//!
//! A row that is known by its e-mail address, else by its telephone number, changes only what differs,
//! so a file that comes twice changes nothing the second time.

mod entry;
mod plan;
mod seen;

use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::contacts::{self, NewContact};
use tertulia_store::{ReadTx, Scope};
use utoipa::ToSchema;

use super::csv::{self, Form, Rejection};
use super::labels;
use crate::{Change, Ctx, Engine, Error, Fact, Result};
use entry::Entry;
use plan::Step;
use seen::Seen;

/// Rows of one transaction.
const BATCH_ROWS: usize = 200;
/// Refused rows that are reported one by one; the others are counted.
const REPORTED_MAX: usize = 100;

/// A file to import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    pub bytes: Vec<u8>,
    /// Only says what would happen.
    pub dry_run: bool,
    /// Takes what is fine though other rows are refused.
    pub partial: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportReport {
    pub form: Form,
    /// Rows below the header.
    pub rows: usize,
    pub created: usize,
    pub updated: usize,
    /// All refused rows.
    pub rejected_count: usize,
    /// The first hundred of them.
    pub rejected: Vec<Rejection>,
}

/// What a number of rows came to.
#[derive(Debug, Default)]
struct Outcome {
    created: usize,
    updated: usize,
    rejected: Vec<Rejection>,
    seen: Seen,
}

/// Imports a file. While a row is refused nothing is written, unless the command is `partial`.
pub async fn import(engine: &Engine, ctx: &Ctx, command: Import) -> Result<ImportReport> {
    ctx.require(Permission::ContactsManage)?;
    let sheet = csv::read(&command.bytes);
    let (rows, form, is_broken) = (sheet.rows_read(), sheet.form, sheet.is_broken);
    let mut rejected = sheet.rejected;
    let mut entries = Vec::with_capacity(sheet.rows.len());
    let mut seen = Seen::default();
    for row in &sheet.rows {
        match entry::read(row).and_then(|entry| seen.note(&entry).map(|()| entry)) {
            Ok(entry) => entries.push(entry),
            Err(rejection) => rejected.push(rejection),
        }
    }
    let batches: Vec<Arc<[Entry]>> = entries.chunks(BATCH_ROWS).map(Arc::from).collect();
    let mut outcome = look(engine, ctx, &batches).await?;
    let is_clean = rejected.is_empty() && outcome.rejected.is_empty();
    if !command.dry_run && !is_broken && (is_clean || command.partial) {
        outcome = write(engine, ctx, &batches).await?;
        tell(engine, ctx, rows, &outcome, rejected.len() + outcome.rejected.len()).await?;
    } else if !command.dry_run {
        (outcome.created, outcome.updated) = (0, 0);
    }
    rejected.append(&mut outcome.rejected);
    rejected.sort_by_key(|rejection| rejection.row);
    let rejected_count = rejected.len();
    rejected.truncate(REPORTED_MAX);
    let (created, updated) = (outcome.created, outcome.updated);
    Ok(ImportReport { form, rows, created, updated, rejected_count, rejected })
}

/// What the rows would do.
async fn look(engine: &Engine, ctx: &Ctx, batches: &[Arc<[Entry]>]) -> Result<Outcome> {
    let account = ctx.account_id;
    let mut all = Outcome::default();
    for batch in batches {
        let (batch, seen) = (Arc::clone(batch), std::mem::take(&mut all.seen));
        let read = move |tx: &mut ReadTx<'_>| {
            let mut outcome = Outcome { seen: seen.clone(), ..Outcome::default() };
            for entry in batch.iter() {
                let step = plan::step(tx, account, entry, &mut outcome.seen)?;
                outcome.count(step);
            }
            Ok::<_, Error>(outcome)
        };
        all.add(engine.store.read(Scope::Account(account), read).await?);
    }
    Ok(all)
}

/// Writes the rows, looking at each again in the transaction that writes it.
async fn write(engine: &Engine, ctx: &Ctx, batches: &[Arc<[Entry]>]) -> Result<Outcome> {
    let mut all = Outcome::default();
    for batch in batches {
        let (batch, seen) = (Arc::clone(batch), std::mem::take(&mut all.seen));
        let written = engine.transact(ctx, move |change| {
            let mut outcome = Outcome { seen: seen.clone(), ..Outcome::default() };
            for entry in batch.iter() {
                let account = change.ctx.account_id;
                let step = plan::step(change.tx, account, entry, &mut outcome.seen)?;
                match &step {
                    Ok(Step::Create) => create(change, entry, &mut outcome.seen)?,
                    Ok(Step::Update(contact)) => {
                        let mut contact = contact.as_ref().clone();
                        contact.updated_at = change.now;
                        contacts::save(change.tx, account, &contact)?;
                        labels::replace(change, contact.id, &contact.labels)?;
                        change.tell_contact(EventKind::ContactUpdated, contact.id)?;
                    }
                    Ok(Step::Nothing) | Err(_) => {}
                }
                outcome.count(step);
            }
            Ok(outcome)
        });
        all.add(written.await?);
    }
    Ok(all)
}

fn create(change: &mut Change<'_, '_>, entry: &Entry, seen: &mut Seen) -> Result<()> {
    let new = NewContact {
        name: entry.name.clone(),
        email: entry.email.clone(),
        phone: entry.phone.clone(),
        locale: entry.locale.clone(),
        verified: false,
        attributes: entry.attributes.clone(),
    };
    let contact = contacts::insert(change.tx, change.ctx.account_id, &new, change.now)?;
    // A contact that is new cannot have been claimed by another row.
    let _ = seen.claim(contact.id, entry);
    labels::replace(change, contact.id, entry.labels.as_deref().unwrap_or_default())?;
    change.tell_contact(EventKind::ContactCreated, contact.id)?;
    Ok(())
}

async fn tell(
    engine: &Engine,
    ctx: &Ctx,
    rows: usize,
    outcome: &Outcome,
    rejected: usize,
) -> Result<()> {
    let (created, updated) = (outcome.created, outcome.updated);
    let data = json!({"rows": rows, "created": created, "updated": updated, "rejected": rejected});
    let fact = Fact::new(EventKind::ContactsImported, data);
    engine.transact(ctx, move |change| change.record(&fact).map(|_| ())).await
}

impl Outcome {
    fn count(&mut self, step: Result<Step, Rejection>) {
        match step {
            Ok(Step::Create) => self.created += 1,
            Ok(Step::Update(_)) => self.updated += 1,
            Ok(Step::Nothing) => {}
            Err(rejection) => self.rejected.push(rejection),
        }
    }

    fn add(&mut self, other: Outcome) {
        self.created += other.created;
        self.updated += other.updated;
        self.rejected.extend(other.rejected);
        self.seen = other.seen;
    }
}
