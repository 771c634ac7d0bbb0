//! A tapped button, as the customer's answer to the message that it was under.

use std::collections::BTreeMap;

use tertulia_channels::{Inbound, InboundMessage, InboundTap, telegram};
use tertulia_domain::MessageId;
use tertulia_domain::content::Content;
use tertulia_store::inboxes::Door;
use tertulia_store::messages;

use super::process::Processed;
use crate::outbound::run_errand;
use crate::{Change, Result};

/// Writes the answer, and has the tap confirmed.
pub(super) fn process(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &Inbound,
    tap: &InboundTap,
) -> Result<Processed> {
    run_errand(change, door.inbox.id, &tap.id)?;
    let content = match answer(change, door, tap)? {
        Some(content) => content,
        // A button of a program that had the bot before us, for example.
        None => Content::Unsupported { kind: "button".to_owned(), text: tap.data.clone() },
    };
    let message = InboundMessage {
        author: tap.author.clone(),
        sent_at: tap.sent_at,
        ..InboundMessage::new(format!("tap:{}", tap.id), tap.contact.clone(), content)
    };
    super::process::message(change, door, item, &message, &[])
}

/// What the button says, if it is one of ours and the message went out on this inbox.
fn answer(change: &mut Change<'_, '_>, door: &Door, tap: &InboundTap) -> Result<Option<Content>> {
    let Some((id, index)) = tap.button else { return Ok(None) };
    let found = messages::find(change.tx, door.account_id, MessageId(id))?;
    let Some(message) = found.filter(|message| message.inbox_id == door.inbox.id) else {
        return Ok(None);
    };
    let buttons = telegram::buttons(&message.content);
    Ok(buttons.get(index).map(|button| Content::Reply {
        text: button.title.clone(),
        message_id: id,
        values: BTreeMap::from([("button".to_owned(), button.id.clone())]),
    }))
}
