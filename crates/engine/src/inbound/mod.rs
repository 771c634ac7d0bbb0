//! What comes in: accepted at the door, threaded into a conversation, applied once.
//!
//! One item is one transaction, and it is answered after the commit. A duplicate changes nothing.

mod about;
mod accept;
mod album;
mod message;
mod open;
mod parked;
mod process;
mod quarantine;
mod reach;
mod relay;
mod relocate;
mod sender;
mod tap;
mod thread;
mod visitor;

pub(crate) use accept::take;
pub use accept::{Accepted, Answer, Outcome, TypingSignal, accept};
pub use album::{ALBUM, put_together};
pub use open::open_by_visitor;
pub use parked::{SWEEP_PARKED, sweep_parked};
pub use relay::{Relay, relay};
pub use visitor::{Page, VisitorMessage, accept_visitor_message};

pub(crate) use relocate::relocate;
pub(crate) use sender::{Origin, enter};
pub(crate) use thread::{begin, joins};
