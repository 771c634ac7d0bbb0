//! What nodes tell each other: who types, who is there, who looks at what. Each hint is whole in itself,
//! so that losing one is made good by the next.

use serde::{Deserialize, Serialize};
use tertulia_domain::{AccountId, ContactId, ConversationId, InboxId, RoomId, UserId};
use tertulia_store::sockets::Place;

use crate::Typist;
use crate::typing::Typing;

/// One hint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Hint {
    /// A node has begun and knows nothing of the others.
    Hello,
    Typing(TypingHint),
    /// These are there, on the node that says so.
    Here(Here),
    /// These are no longer there, on that node.
    Gone {
        account: AccountId,
        users: Vec<UserId>,
        contacts: Vec<(ContactId, InboxId)>,
    },
    /// The person said so, and means all their windows.
    Away {
        account: AccountId,
        user: UserId,
        is_away: bool,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TypingHint {
    account: AccountId,
    conversation: ConversationId,
    room: RoomId,
    inbox: InboxId,
    contact: ContactId,
    who: Typist,
    on: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Here {
    pub account: AccountId,
    pub users: Vec<UserHere>,
    pub contacts: Vec<(ContactId, InboxId)>,
}

/// One person on one node, in all their windows there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UserHere {
    pub user: UserId,
    pub is_away: bool,
    /// The inboxes whose conversations they see; `None`: all.
    pub inboxes: Option<Vec<InboxId>>,
    pub viewing: Vec<(ConversationId, InboxId)>,
}

impl Hint {
    pub(crate) fn typing(account: AccountId, typing: &Typing, on: bool) -> Self {
        let Place { room_id, inbox_id, contact_id } = typing.place;
        Self::Typing(TypingHint {
            account,
            conversation: typing.conversation_id,
            room: room_id,
            inbox: inbox_id,
            contact: contact_id,
            who: typing.who.clone(),
            on,
        })
    }

    /// Reads what another node said; `None` when that is of another version.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(crate) fn text(&self) -> String {
        // Numbers, texts and closed enums only: this cannot fail, and an empty text says nothing.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl TypingHint {
    pub(crate) fn open(self) -> (AccountId, Typing, bool) {
        let place = Place { room_id: self.room, inbox_id: self.inbox, contact_id: self.contact };
        let typing = Typing { conversation_id: self.conversation, place, who: self.who };
        (self.account, typing, self.on)
    }
}
