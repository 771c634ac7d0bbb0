//! How a message gets to the customer: by which inbox, to which address, quoting what.

use tertulia_domain::inbox::Inbox;
use tertulia_domain::message::Message;
use tertulia_store::{channel_sessions, inboxes, message_parts, messages};

use crate::{Change, Result};

/// An inbox and the customer's address on it.
pub(super) struct Way {
    pub(super) inbox: Inbox,
    pub(super) address: String,
}

/// The way of a message, if it still is there.
pub(super) fn way(change: &mut Change<'_, '_>, message: &Message) -> Result<Option<Way>> {
    let account = change.ctx.account_id;
    let Some(session) = message.session_id else { return Ok(None) };
    let target = channel_sessions::target_of(change.tx, account, session)?;
    let door = inboxes::door(change.tx, account, message.inbox_id)?;
    Ok(door.zip(target).map(|(door, target)| Way { inbox: door.inbox, address: target.address }))
}

/// What the provider calls the message that this one answers.
pub(super) fn quoted_external_id(
    change: &mut Change<'_, '_>,
    message: &Message,
) -> Result<Option<String>> {
    let Some(quote) = &message.reply_to else { return Ok(None) };
    let account = change.ctx.account_id;
    let quoted = messages::find(change.tx, account, quote.id)?;
    // On another inbox it is called something else, or nothing.
    let Some(quoted) = quoted.filter(|quoted| quoted.inbox_id == message.inbox_id) else {
        return Ok(None);
    };
    if quoted.external_id.is_some() {
        return Ok(quoted.external_id);
    }
    let parts = message_parts::list(change.tx, account, quoted.id)?;
    Ok(parts.into_iter().next().map(|part| part.external_id))
}
