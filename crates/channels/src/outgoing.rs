//! What goes out, and the ways in which it can fail to.

use std::time::Duration;

use tertulia_domain::content::Content;
use tertulia_domain::span::Span;
use tertulia_domain::{ConversationId, MessageId, Timestamp};

/// A message on its way to the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing<'a> {
    pub message_id: MessageId,
    pub conversation_id: ConversationId,
    /// The customer's address on the inbox.
    pub address: &'a str,
    pub sender_name: &'a str,
    pub content: &'a Content,
    pub text: &'a str,
    /// Formatting of `text`.
    pub spans: &'a [Span],
    pub files: Vec<OutgoingFile<'a>>,
    /// The provider's id of the message that this one answers.
    pub reply_to: Option<&'a str>,
    pub created_at: Timestamp,
}

/// A file of an outgoing message; `url` is absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingFile<'a> {
    pub url: String,
    pub name: &'a str,
    pub content_type: &'a str,
    pub size_bytes: i64,
}

/// What became of a message that has gone out, or of a customer's own: told again as it is now, so
/// that repeating it does no harm.
#[derive(Debug, Clone, PartialEq)]
pub struct OutgoingAmendment<'a> {
    /// The same in every attempt.
    pub id: &'a str,
    pub message_id: MessageId,
    /// The provider's id of the message, if it is the customer's.
    pub external_id: Option<&'a str>,
    /// What the provider calls the parts that the message went out in.
    pub parts: &'a [String],
    /// Files that the message has.
    pub files: usize,
    pub conversation_id: ConversationId,
    /// The customer's address on the inbox.
    pub address: &'a str,
    pub what: Amended<'a>,
    pub at: Timestamp,
}

/// What is different now.
#[derive(Debug, Clone, PartialEq)]
pub enum Amended<'a> {
    Edit {
        content: &'a Content,
        text: &'a str,
        spans: &'a [Span],
    },
    Delete,
    /// `None`: the reaction was taken back.
    Reaction {
        sender_name: &'a str,
        emoji: Option<&'a str>,
    },
}

/// The provider took the call; `ids` is what it calls what came of it, if it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    pub ids: Vec<String>,
}

/// Something to tell the provider that is no message: it may be lost without harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand<'a> {
    /// A button was tapped: the customer's application waits for a sign.
    AnswerTap { tap_id: &'a str },
    /// Somebody writes an answer.
    Typing { address: &'a str },
}

/// Why a message did not surely arrive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Refused for good: another try would end the same.
    #[error("{detail}")]
    Rejected { code: String, detail: String },
    /// Surely not sent; worth another try, after `delay` when the provider says so.
    #[error("{detail}")]
    RetryAfter { delay: Option<Duration>, detail: String },
    /// Refused for good, and so would be everything else to this address.
    #[error("{detail}")]
    Unreachable { code: String, detail: String },
    /// Surely not sent: the customer has another address now.
    #[error("{detail}")]
    Moved { to: String, detail: String },
    /// Surely not sent: the provider does not know our token any more.
    #[error("{detail}")]
    Disconnected { detail: String },
    /// Refused because of its formatting; [`crate::Call::plain`] is the way without.
    #[error("{detail}")]
    Formatting { detail: String },
    /// Sent, and the answer was lost: shown to people, never silently repeated.
    #[error("{detail}")]
    Unknown { code: String, detail: String },
}
