//! A customer opens a conversation before it has written anything.

use tertulia_domain::ConversationId;
use tertulia_store::{channel_sessions, conversations, identities, inboxes};

use super::{begin, enter, joins};
use crate::{Access, Change, Ctx, Engine, Error, Result};

/// The customer's open conversation, begun if there is none; one that is closed stays closed.
pub async fn open_by_visitor(engine: &Engine, ctx: &Ctx) -> Result<ConversationId> {
    engine.transact(ctx, open).await
}

fn open(change: &mut Change<'_, '_>) -> Result<ConversationId> {
    let Access::Visitor { inbox, identity, .. } = change.ctx.access else {
        return Err(Error::Internal("only a visitor opens as a visitor".to_owned()));
    };
    let account = change.ctx.account_id;
    let door = inboxes::door(change.tx, account, inbox)?.filter(|door| door.inbox.enabled);
    let door = door.ok_or(Error::NotFound("inbox"))?;
    let known = identities::known(change.tx, account, identity)?;
    let known = known.ok_or(Error::NotFound("contact"))?;
    if known.blocked {
        return Err(Error::conflict("contact_blocked", "the contact is blocked"));
    }
    let room = enter(change, &known)?;
    let found = conversations::open_of_contact(change.tx, account, known.contact_id)?;
    let conversation = match found.into_iter().find(|c| joins(&door, c)) {
        Some(conversation) => conversation,
        None => {
            let mut conversation = begin(change, &door, room, known.contact_id, None)?;
            change.save(&mut conversation)?;
            conversation
        }
    };
    let place = (door.inbox.id, door.inbox.channel);
    let (identity, now) = (known.identity_id, change.now);
    channel_sessions::touch(change.tx, account, conversation.id, place, identity, now)?;
    Ok(conversation.id)
}
