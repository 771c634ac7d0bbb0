//! Watermarks only move forward; one that does not move tells nobody.

use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::conversation::Conversation;
use tertulia_domain::delivery::{DeliveryStatus, Report};
use tertulia_domain::event::EventKind;
use tertulia_domain::{ConversationId, UserId};
use tertulia_store::conversations;
use tertulia_store::messages;
use tertulia_store::reads::{self, Mark};

use crate::outbound::report;
use crate::views::ConversationView;
use crate::{Access, Change, Ctx, Engine, Error, Fact, Result};

/// Messages whose delivery one mark moves to `read`: further up nobody looks.
const READ_MAX: i64 = 100;

/// A person has read the conversation up to `seq`.
pub async fn mark(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    seq: i64,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsRead)?;
    let user = ctx.user().ok_or(Error::Forbidden { permission: "a person's watermark" })?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            mark_by_user(change, &mut conversation, user, seq)?;
            let (account, viewer) = (change.ctx.account_id, change.ctx.viewer());
            let shown = conversations::shown_one(change.tx, account, viewer, conversation.id)?;
            shown.as_ref().map(ConversationView::from).ok_or(Error::NotFound("conversation"))
        })
        .await
}

/// The customer has read the conversation up to `seq`.
pub async fn mark_by_contact(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    seq: i64,
) -> Result<()> {
    let Access::Visitor { .. } = ctx.access else {
        return Err(Error::Internal("only a visitor reads as a visitor".to_owned()));
    };
    engine
        .transact_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            let seq = seq.min(conversation.last_seq);
            if seq <= conversation.contact_read_seq {
                return Ok(());
            }
            let from = conversation.contact_read_seq;
            conversation.contact_read_seq = seq;
            conversations::save(change.tx, change.ctx.account_id, &conversation)?;
            tell(change, &conversation, "customer", None, seq)?;
            move_to_read(change, &conversation, from, seq)
        })
        .await
}

fn mark_by_user(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    user: UserId,
    seq: i64,
) -> Result<()> {
    let account = change.ctx.account_id;
    let seq = seq.clamp(0, conversation.last_seq);
    let after = if seq >= conversation.last_customer_seq {
        0
    } else {
        let (room, id) = (conversation.room_id, conversation.id);
        reads::customer_messages_after(change.tx, account, room, id, seq)?
    };
    let customer_messages = conversation.customer_messages - after;
    let mark = Mark { seq, customer_messages, at: change.now };
    if !reads::advance(change.tx, account, conversation.id, user, mark)? {
        return Ok(());
    }
    if seq > conversation.agent_read_seq {
        conversation.agent_read_seq = seq;
        conversations::save(change.tx, account, conversation)?;
    }
    tell(change, conversation, "agent", Some(user), seq)
}

fn tell(
    change: &mut Change<'_, '_>,
    conversation: &Conversation,
    reader: &str,
    user: Option<UserId>,
    seq: i64,
) -> Result<()> {
    let data = json!({
        "conversation_id": conversation.id, "reader": reader, "user_id": user, "seq": seq,
    });
    let fact = Fact::new(EventKind::ConversationRead, data).for_everyone();
    let fact = fact.at(conversation.room_id, conversation.id, conversation.inbox_id);
    change.record(&fact).map(drop)
}

/// What the customer has read was delivered by being read.
fn move_to_read(
    change: &mut Change<'_, '_>,
    conversation: &Conversation,
    from: i64,
    to: i64,
) -> Result<()> {
    let account = change.ctx.account_id;
    let (room, id) = (conversation.room_id, conversation.id);
    for mut message in messages::delivered(change.tx, account, (room, id), (from, to), READ_MAX)? {
        report(change, &mut message, Report::Known(DeliveryStatus::Read))?;
    }
    Ok(())
}
