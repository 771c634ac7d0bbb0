//! Putting a conversation aside until a time, or until the customer writes.

use serde_json::{Value, json};
use tertulia_domain::access::Permission;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::conversation::Conversation;
use tertulia_domain::{AccountId, ConversationId, Timestamp};
use tertulia_store::jobs::{self, NewJob};

use super::closed;
use crate::views::ConversationView;
use crate::{Change, Ctx, Engine, Error, Result, check};

/// Longest time for which a conversation can be put aside.
const SNOOZE_DAYS_MAX: u64 = 1_830;
/// The kind of the job that wakes a conversation.
pub const WAKE: &str = "conversation.wake";

/// Puts the conversation aside.
pub async fn snooze(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    until: Timestamp,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.resolved_at.is_some() {
                return Err(closed(change, &conversation));
            }
            check::future("/until", until, change.now, SNOOZE_DAYS_MAX)?;
            conversation.snoozed_until = Some(until);
            let params = [("until", until.to_string())];
            change.activity(&mut conversation, ActivityAction::Snoozed, &params)?;
            alarm(change, conversation.id, until)?;
            change.changed(&mut conversation)
        })
        .await
}

/// The job: wakes the conversation if it still sleeps until the time that the alarm was set for.
pub async fn wake_due(engine: &Engine, account: AccountId, payload: &Value) -> Result<()> {
    let field = |name: &str| payload.get(name).cloned().unwrap_or_default();
    let read = |e: serde_json::Error| Error::Internal(format!("payload of an alarm: {e}"));
    let id: ConversationId = serde_json::from_value(field("conversation_id")).map_err(read)?;
    let until: Timestamp = serde_json::from_value(field("until")).map_err(read)?;
    let ctx = Ctx::system(account);
    let woken = engine.transact_in_room(&ctx, id, move |change| {
        let mut conversation = change.conversation(id)?;
        if conversation.snoozed_until == Some(until) {
            rouse(change, &mut conversation)?;
            change.changed(&mut conversation)?;
        }
        Ok(())
    });
    match woken.await {
        // Erased in the meantime.
        Err(Error::NotFound(_)) => Ok(()),
        other => other,
    }
}

/// Wakes a conversation that sleeps.
pub(super) fn rouse(change: &mut Change<'_, '_>, conversation: &mut Conversation) -> Result<()> {
    if conversation.snoozed_until.take().is_some() {
        change.activity(conversation, ActivityAction::Unsnoozed, &[])?;
    }
    Ok(())
}

fn alarm(change: &mut Change<'_, '_>, id: ConversationId, until: Timestamp) -> Result<()> {
    let payload = json!({ "conversation_id": id, "until": until });
    let job = NewJob {
        account: Some(change.ctx.account_id),
        kind: WAKE,
        lane: None,
        pool: None,
        payload: &payload,
        run_at: until,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}
