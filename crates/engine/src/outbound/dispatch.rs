//! A public message to the customer: stored with its delivery, or sent by being stored.

use serde_json::json;
use tertulia_channels as channels;
use tertulia_domain::conversation::Conversation;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::Message;
use tertulia_store::channel_sessions::Target;
use tertulia_store::jobs::{self, NewJob};

use super::DELIVER;
use crate::messages::{Entry, append};
use crate::{Change, Result};

/// Writes the message and sees to its delivery.
pub(crate) fn dispatch(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    mut entry: Entry<'_>,
    target: &Target,
) -> Result<Message> {
    let streams = channels::of(target.channel).capabilities().streams;
    entry.session = Some((target.session_id, target.inbox_id));
    entry.delivery = Some(if streams { DeliveryStatus::Sent } else { DeliveryStatus::Queued });
    let message = append(change, conversation, entry)?;
    if !streams {
        enqueue(change, &message)?;
    }
    Ok(message)
}

/// Hands the message to the workers. One lane per conversation keeps the order of its messages; one
/// pool per inbox keeps a provider that does not answer from taking every hand.
pub(crate) fn enqueue(change: &mut Change<'_, '_>, message: &Message) -> Result<()> {
    let lane = format!("conversation:{}", message.conversation_id);
    let pool = format!("inbox:{}", message.inbox_id);
    let payload = json!({ "message_id": message.id, "queued_at": change.now });
    let job = NewJob {
        account: Some(change.ctx.account_id),
        kind: DELIVER,
        lane: Some(&lane),
        pool: Some(&pool),
        payload: &payload,
        run_at: change.now,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}
