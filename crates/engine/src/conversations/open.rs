//! A conversation that begins before anybody has said anything.

use serde_json::{Map, Value};
use tertulia_domain::access::Permission;
use tertulia_domain::{ContactId, InboxId};

use super::begin::{joined, view};
use crate::contacts::{fresh_address, give_address, visible_door};
use crate::views::ConversationView;
use crate::{Ctx, Engine, Result, inbound};

/// A conversation to have.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    pub contact: ContactId,
    pub inbox: InboxId,
    /// The contact's address there; `None` takes the one that it has, or a new one.
    pub address: Option<String>,
    /// Merged into those of the conversation.
    pub attributes: Map<String, Value>,
}

/// The contact's open conversation on the inbox, or a new one.
pub async fn open(engine: &Engine, ctx: &Ctx, command: Open) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    let fresh = fresh_address(engine);
    engine
        .commit_in_contact(ctx, command.contact, move |change| {
            let contact = change.contact(command.contact)?;
            let door = visible_door(change, command.inbox)?;
            let address = command.address.as_deref();
            let known = give_address(change, &door, contact.id, address, &fresh)?;
            let room = inbound::enter(change, &known)?;
            let mut conversation = joined(change, &door, &known, room)?;
            if command.attributes.is_empty() {
                return view(change, conversation.id);
            }
            super::attributes::merge(&mut conversation.attributes, &command.attributes)?;
            change.changed(&mut conversation)
        })
        .await
}
