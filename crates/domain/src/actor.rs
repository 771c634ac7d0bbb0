//! Who did something: every change carries its actor into the journal.

use crate::closed::closed_enum;

closed_enum! {
    /// The kind of principal behind a change.
    ActorKind {
        /// Tertulia itself: timers, the controller, the command line.
        System = "system",
        /// A person of the account.
        User = "user",
        /// A program with an API token.
        Token = "token",
        /// The customer.
        Contact = "contact",
        /// A provider, through an inbox.
        Inbox = "inbox",
        /// An installed app.
        App = "app",
    }
}

/// The principal behind a change, as the journal keeps it: the name is the one of that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub kind: ActorKind,
    pub id: Option<i64>,
    pub name: String,
}

impl Actor {
    /// Tertulia itself.
    #[must_use]
    pub fn system() -> Self {
        Self { kind: ActorKind::System, id: None, name: "Tertulia".to_owned() }
    }
}
