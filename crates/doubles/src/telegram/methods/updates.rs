//! `getUpdates`: what is ready now, and whether the poll goes on waiting.

use serde_json::{Value, json};

use super::{Call, webhooks};
use crate::telegram::refusal::Refusal;
use crate::telegram::state::{FaultKind, Reception, State};

const LIMIT_MAX: i64 = 100;
/// An offset this far beyond the last update belongs to numbers from before a jump.
const OFFSET_AHEAD_MAX: i64 = 1_000;

/// One look at the queue.
pub(crate) enum Poll {
    Ready(Value),
    Empty,
}

/// Begins a poll: ends the one that waits, and forgets what the offset confirms. Answers its ticket.
pub(crate) fn start_poll(call: &mut Call<'_>) -> Result<u64, Refusal> {
    let webhook = call.state.bots.get(&call.bot).and_then(|bot| bot.webhook.as_ref());
    if webhook.is_some() {
        return Err(Refusal::conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    webhooks::allow_updates(call)?;
    call.state.expire_updates(call.bot);
    let offset = call.int("offset").unwrap_or_default();
    let bot = call.state.bots.get_mut(&call.bot).ok_or_else(Refusal::unauthorized)?;
    bot.poll += 1;
    bot.polling = true;
    if offset < 0 {
        let kept = usize::try_from(-offset).unwrap_or(usize::MAX);
        let gone = bot.queue.len().saturating_sub(kept);
        bot.queue.drain(..gone);
    } else if offset < bot.next_update_id + OFFSET_AHEAD_MAX {
        bot.queue.retain(|queued| queued.id >= offset);
    }
    Ok(bot.poll)
}

/// What a waiting poll gets now.
pub(crate) fn poll(
    state: &mut State,
    bot_id: i64,
    ticket: u64,
    limit: i64,
) -> Result<Poll, Refusal> {
    let duplicate = |kind: &FaultKind| matches!(kind, FaultKind::Duplicate { .. });
    let bot =
        state.bots.get_mut(&bot_id).filter(|bot| !bot.revoked).ok_or_else(Refusal::unauthorized)?;
    if bot.poll != ticket {
        return Err(Refusal::conflict(if bot.webhook.is_some() {
            "terminated by setWebhook request"
        } else {
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        }));
    }
    let limit = usize::try_from(limit.clamp(1, LIMIT_MAX)).unwrap_or(1);
    let mut updates: Vec<Value> =
        bot.queue.iter().take(limit).map(|queued| queued.body.clone()).collect();
    if updates.is_empty() {
        return Ok(Poll::Empty);
    }
    bot.polling = false;
    if let Some(FaultKind::Duplicate { copies }) = state.fault_of_delivery(duplicate) {
        updates = updates.into_iter().flat_map(|update| vec![update; copies.max(1)]).collect();
    }
    if state.fault_of_delivery(|kind| *kind == FaultKind::Shuffle).is_some() {
        for index in (1..updates.len()).rev() {
            let other = state.chance(index + 1);
            updates.swap(index, other);
        }
    }
    let at_ms = state.now_ms;
    state.receptions.extend(updates.iter().map(|update| Reception {
        at_ms,
        bot: bot_id,
        update_id: update.get("update_id").and_then(Value::as_i64).unwrap_or_default(),
        by: "getUpdates",
        status: 200,
    }));
    Ok(Poll::Ready(json!(updates)))
}
