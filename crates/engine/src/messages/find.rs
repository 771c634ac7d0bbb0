//! Loading a message for a change, with everything that decides who may change it.

use tertulia_domain::conversation::Conversation;
use tertulia_domain::message::{Message, Quote, Visibility};
use tertulia_domain::{ConversationId, MessageId, RoomId};
use tertulia_store::messages;

use crate::{Access, Change, Error, Result};

impl Change<'_, '_> {
    /// A message that the principal may see, with its conversation locked.
    pub(crate) fn message(
        &mut self,
        conversation: ConversationId,
        id: MessageId,
    ) -> Result<(Conversation, Message)> {
        let conversation = self.conversation(conversation)?;
        let found = messages::find(self.tx, self.ctx.account_id, id)?;
        let is_visitor = matches!(self.ctx.access, Access::Visitor { .. });
        let seen = |message: &Message| {
            message.conversation_id == conversation.id
                && (!is_visitor || message.visibility == Visibility::Public)
        };
        let message = found.filter(seen).ok_or(Error::NotFound("message"))?;
        Ok((conversation, message))
    }

    /// Refuses unless the principal wrote the message and it can still be changed.
    pub(crate) fn require_own(&self, message: &Message) -> Result<()> {
        let me = self.ctx.sender();
        let wrote = message.sender.kind == me.kind && message.sender.id == me.id;
        if !wrote || message.visibility == Visibility::Activity {
            return Err(Error::Forbidden { permission: "the message's author" });
        }
        if message.deleted_at.is_some() {
            return Err(Error::Conflict {
                code: "conflict",
                detail: "the message was deleted".to_owned(),
            });
        }
        Ok(())
    }
}

/// What a reply quotes: a message of the same room, and in a public reply a public one.
pub(crate) fn quote(
    change: &mut Change<'_, '_>,
    room: RoomId,
    reply_to: Option<MessageId>,
    visibility: Visibility,
) -> Result<Option<Quote>> {
    let Some(id) = reply_to else { return Ok(None) };
    let account = change.ctx.account_id;
    // What the customer will read must not carry the words of a note.
    let public_only = visibility == Visibility::Public;
    let found = messages::quote(change.tx, account, room, id, public_only)?;
    let missing = || Error::invalid("/reply_to", "is not a message of this conversation's room");
    found.ok_or_else(missing).map(Some)
}
