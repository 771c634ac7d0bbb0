//! What comes in, in our words: the same for every provider.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tertulia_domain::Timestamp;
use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::span::Span;

/// One thing that a provider tells. Ids are the provider's, unique within the inbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Inbound {
    Message(Box<InboundMessage>),
    Edit(InboundEdit),
    Delete(InboundDelete),
    Reaction(InboundReaction),
    Receipt(InboundReceipt),
    /// The customer tapped a button of a message of ours.
    Tap(InboundTap),
    /// The customer can be reached again, or no longer.
    Reach(InboundReach),
    /// The customer has another address now.
    Move(InboundMove),
    /// Never stored.
    Typing(InboundTyping),
}

/// The customer wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboundMessage {
    pub id: String,
    pub contact: InboundContact,
    pub content: Content,
    /// Formatting of the content's text.
    pub spans: Vec<Span>,
    pub files: Vec<InboundFile>,
    /// Who wrote it, where several people share the address.
    pub author: Option<String>,
    /// What the customer followed to get here.
    pub start: Option<String>,
    /// Messages with the same name here are one message in several pieces.
    pub album: Option<String>,
    /// The provider's id of the message that this one answers.
    pub reply_to: Option<String>,
    /// The provider's clock; kept, never trusted for order.
    pub sent_at: Option<Timestamp>,
}

impl InboundMessage {
    /// A message with nothing around its content.
    #[must_use]
    pub fn new(id: String, contact: InboundContact, content: Content) -> Self {
        Self {
            id,
            contact,
            content,
            spans: Vec::new(),
            files: Vec::new(),
            author: None,
            start: None,
            album: None,
            reply_to: None,
            sent_at: None,
        }
    }
}

/// Who wrote, as the provider knows them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct InboundContact {
    /// The address on the inbox.
    pub address: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    pub attributes: Map<String, Value>,
    /// What to give to [`crate::Channel::locate`] for the contact's picture.
    pub picture: Option<String>,
}

/// A file of a message: uploaded before, or to be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InboundFile {
    Uploaded {
        token: String,
    },
    /// `reference` is the provider's: an address, or an id that [`crate::Channel::locate`] understands.
    Remote {
        reference: String,
        name: String,
    },
}

/// The customer changed the words of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundEdit {
    pub id: String,
    pub message_id: String,
    pub text: String,
    /// Formatting of `text`.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// The higher one is the newer one, where the provider tells out of order.
    pub rank: Option<i64>,
}

/// The customer took a message back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundDelete {
    pub id: String,
    pub message_id: String,
}

/// The customer reacted to a message, or took the reaction back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundReaction {
    pub id: String,
    pub message_id: String,
    pub address: String,
    /// Which of those who share the address.
    pub author: Option<String>,
    pub emoji: Option<String>,
    /// The higher one is the newer one, where the provider tells out of order.
    pub rank: Option<i64>,
}

/// What became of a message of ours; `message_id` is ours, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundReceipt {
    pub id: String,
    pub message_id: i64,
    pub status: DeliveryStatus,
    pub code: Option<String>,
    pub detail: Option<String>,
}

/// A tapped button.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InboundTap {
    pub id: String,
    pub contact: InboundContact,
    pub author: Option<String>,
    /// Our message and which of its buttons, counted over all of them; `None` for a button of somebody
    /// else.
    pub button: Option<(i64, usize)>,
    /// What the button says to us, as it came.
    pub data: String,
    pub sent_at: Option<Timestamp>,
}

/// The customer has turned the channel off or on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundReach {
    pub id: String,
    pub address: String,
    pub reachable: bool,
    /// The higher one is the newer one.
    pub rank: i64,
}

/// What was one address is another one now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundMove {
    pub id: String,
    pub from: String,
    pub to: String,
}

/// The customer is typing, or has stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundTyping {
    pub address: String,
    pub on: bool,
}

/// One item of a request: read, or kept as it came.
pub type Item = Result<Inbound, UnreadableItem>;

/// An item that cannot be read; it goes into quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableItem {
    /// The provider's id, when at least that can be read.
    pub id: Option<String>,
    pub reason: String,
    pub raw: Vec<u8>,
}

/// A body that is not even a list of items.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct UnreadableBody {
    pub reason: String,
}

impl Inbound {
    /// The provider's id of the event, for the answer; typing has none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Inbound::Message(message) => Some(&message.id),
            Inbound::Edit(edit) => Some(&edit.id),
            Inbound::Delete(delete) => Some(&delete.id),
            Inbound::Reaction(reaction) => Some(&reaction.id),
            Inbound::Receipt(receipt) => Some(&receipt.id),
            Inbound::Tap(tap) => Some(&tap.id),
            Inbound::Reach(reach) => Some(&reach.id),
            Inbound::Move(moved) => Some(&moved.id),
            Inbound::Typing(_) => None,
        }
    }

    /// What makes the event unique within the inbox: kinds count on their own.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let kind = match self {
            Inbound::Message(_) => "message",
            Inbound::Edit(_) => "edit",
            Inbound::Delete(_) => "delete",
            Inbound::Reaction(_) => "reaction",
            Inbound::Receipt(_) => "receipt",
            Inbound::Tap(_) => "tap",
            Inbound::Reach(_) => "reach",
            Inbound::Move(_) => "move",
            Inbound::Typing(_) => return None,
        };
        self.id().map(|id| format!("{kind}:{id}"))
    }
}
