//! Real time: tails the journal and hands each event to the sockets that may see it.
//!
//! One task ([`Hub::run`]) follows the journal, lets sockets join, and takes away what they may no
//! longer see, one after the other; so a socket joins at an exact place of the journal and nothing is
//! missed or doubled. Typing, viewing and presence live in memory only and may be lost without harm.
//! **Invariant:** nothing here knows HTTP; nothing here writes to the database.

mod access;
mod account;
mod bus;
mod elsewhere;
mod frame;
mod hint;
mod hub;
mod join;
mod outbox;
mod presence;
#[cfg(test)]
mod race;
mod registry;
mod replay;
mod resolve;
mod revoke;
mod shapes;
mod subscription;
mod tail;
mod typing;

pub use access::{Access, Rights, StaffAccess, VisitorAccess};
pub use frame::{Frame, Typist};
pub use hub::{Hub, HubConfig};
pub use join::{Attendance, Credential, Join, Joined, Refusal, Topic};
pub use outbox::{Close, Output};
pub use registry::SocketCounts;
pub use shapes::Shapes;
pub use subscription::Subscription;
