//! How often a provider may be called: for one customer, and for an inbox as a whole.
//!
//! The books are in the database, because several nodes send. A customer's messages are in one lane, so
//! for one customer it is enough to come back in time; for the inbox many wait, and each gets a turn of
//! its own, first come, first served.

use std::time::Duration;

use tertulia_channels::Pace;
use tertulia_domain::InboxId;
use tertulia_store::paces;

use crate::{Change, Result, secret};

/// A turn that is not taken within this time is given up: many late ones together would be a burst.
const LATE: Duration = Duration::from_millis(150);
/// With so many customers paused at once, it is the inbox that is too fast.
const PAUSED_MAX: i64 = 2;

/// Takes a turn to call for a customer, or says how long to wait for it. A call that makes several
/// messages, as an album does, takes the time of all of them.
pub(super) fn turn(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    address: &str,
    (holder, messages): (&str, u32),
    pace: Pace,
) -> Result<Option<Duration>> {
    let (account, now) = (change.ctx.account_id, change.now);
    paces::take_turns(change.tx, account, inbox)?;
    let (chat, pause) = scopes(address);
    for scope in [chat.as_str(), pause.as_str(), "pause"] {
        let at = paces::at(change.tx, account, inbox, scope)?;
        if let Some(at) = at.filter(|at| *at > now) {
            return Ok(Some(at.since(now)));
        }
    }
    let slot = format!("turn:{holder}");
    let held = paces::at(change.tx, account, inbox, &slot)?;
    let in_time = held.is_some_and(|at| at <= now && now.since(at) <= LATE);
    if let Some(at) = held.filter(|at| *at > now) {
        return Ok(Some(at.since(now)));
    }
    paces::remove(change.tx, account, inbox, &slot)?;
    if !in_time {
        let booked = paces::at(change.tx, account, inbox, "inbox")?.unwrap_or(now).max(now);
        paces::set(
            change.tx,
            account,
            inbox,
            "inbox",
            booked.plus(pace.inbox_gap.saturating_mul(messages)),
        )?;
        let mine = booked.minus(pace.inbox_gap.saturating_mul(pace.inbox_burst));
        if mine > now {
            paces::set(change.tx, account, inbox, &slot, mine)?;
            return Ok(Some(mine.since(now)));
        }
    }
    paces::set(
        change.tx,
        account,
        inbox,
        &chat,
        now.plus(pace.address_gap.saturating_mul(messages)),
    )?;
    Ok(None)
}

/// The provider wants to be left alone: for this customer, and if it says so for several, altogether.
pub(super) fn pause(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    address: &str,
    wait: Duration,
) -> Result<()> {
    let (account, until) = (change.ctx.account_id, change.now.plus(wait));
    let (_, pause) = scopes(address);
    paces::set(change.tx, account, inbox, &pause, until)?;
    if paces::waiting(change.tx, account, inbox, "pause:", change.now)? >= PAUSED_MAX {
        paces::set(change.tx, account, inbox, "pause", until)?;
    }
    Ok(())
}

/// What the books call a customer: not by the address, which would outlive them.
fn scopes(address: &str) -> (String, String) {
    let hash = secret::hash(address);
    (format!("chat:{hash}"), format!("pause:{hash}"))
}
