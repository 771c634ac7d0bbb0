//! What a socket brings when it subscribes, and what it gets.

use std::str::FromStr;

use tertulia_domain::{AccountId, ConversationId, IdentityId, SessionId, TokenId, UserId};
use tertulia_store::events::{Cursor, Event};
use tokio::sync::oneshot;

use crate::{Close, Frame, Subscription};

/// Most topics of one subscription.
pub(crate) const TOPICS_MAX: usize = 50;

/// Who the socket is for. It is checked against the database when the socket joins and again whenever
/// its rights may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A signed-in person.
    Session { account: AccountId, user: UserId, session: SessionId },
    /// A program.
    Token { account: AccountId, user: UserId, token: TokenId },
    /// A visitor of a website; only the hash of the token is kept.
    Visitor { account: AccountId, token_hash: String },
    /// A customer on an API inbox.
    Customer { account: AccountId, identity: IdentityId },
}

/// What makes somebody count as there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// The open socket; programs are never there.
    Socket,
    /// Saying so again and again, see [`Subscription::is_here`].
    Word,
}

/// What staff can subscribe to; a visitor always has its own room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// All that the subscriber may see.
    Account,
    Conversation(ConversationId),
}

/// A wish to subscribe.
#[derive(Debug, Clone)]
pub struct Join {
    pub credential: Credential,
    /// As the client wrote them; what is unknown or not visible is refused one by one.
    pub topics: Vec<String>,
    /// Where the client stopped reading. `None`: live from here on.
    pub cursor: Option<Cursor>,
    pub attendance: Attendance,
}

/// A socket that is in.
pub struct Joined {
    pub subscription: Subscription,
    /// The frames that come first: refused topics and who is there.
    pub greeting: Vec<Frame>,
}

/// Why a socket is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The credential is not good, or no longer.
    SignedOut,
    /// The inbox takes only visitors whose identity is proven.
    IdentityRequired,
    /// The contact is blocked.
    Blocked,
    /// The page is not on the inbox's list.
    OriginNotAllowed,
    /// The database does not answer.
    Unavailable,
}

pub(crate) struct JoinRequest {
    pub join: Join,
    pub reply: oneshot::Sender<Result<Joined, Refusal>>,
}

/// The accepted topics of a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Topics {
    /// Everything that its access lets through.
    All,
    Conversations(Vec<ConversationId>),
}

impl Credential {
    pub(crate) fn account(&self) -> AccountId {
        match self {
            Credential::Session { account, .. }
            | Credential::Token { account, .. }
            | Credential::Visitor { account, .. }
            | Credential::Customer { account, .. } => *account,
        }
    }
}

impl Refusal {
    /// The code of the error frame that precedes the close.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Refusal::SignedOut => "token_invalid",
            Refusal::IdentityRequired => "identity_invalid",
            Refusal::Blocked => "contact_blocked",
            Refusal::OriginNotAllowed => "origin_not_allowed",
            Refusal::Unavailable => "unavailable",
        }
    }

    /// How the socket is ended.
    #[must_use]
    pub fn close(self) -> Close {
        match self {
            Refusal::SignedOut | Refusal::IdentityRequired => Close::SignedOut,
            Refusal::Blocked | Refusal::OriginNotAllowed => Close::Forbidden,
            Refusal::Unavailable => Close::TooSlow,
        }
    }
}

impl FromStr for Topic {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "account" {
            return Ok(Topic::Account);
        }
        let number = text.strip_prefix("conversation:").ok_or(())?;
        number.parse().map(Topic::Conversation).map_err(|_| ())
    }
}

impl Topics {
    pub(crate) fn include(&self, event: &Event) -> bool {
        match self {
            Topics::All => true,
            Topics::Conversations(ids) => {
                event.conversation_id.is_some_and(|conversation| ids.contains(&conversation))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_read_strictly() {
        assert_eq!("account".parse(), Ok(Topic::Account));
        assert_eq!("conversation:42".parse(), Ok(Topic::Conversation(ConversationId(42))));
        for text in ["", "accounts", "conversation:", "conversation:x", "conversation:9e99", "*"] {
            assert_eq!(text.parse::<Topic>(), Err(()), "{text}");
        }
    }
}
