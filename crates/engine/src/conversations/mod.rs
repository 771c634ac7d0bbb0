//! Conversations as people steer them: each verb is one transaction with its line in the log.

mod assign;
mod attributes;
mod begin;
mod labels;
mod open;
mod participants;
mod priority;
mod record;
mod resolve;
mod snooze;
mod standing;

pub use assign::{assign, assign_team};
pub use attributes::set_attributes;
pub use begin::{Begin, begin};
pub use labels::set_labels;
pub use open::{Open, open};
pub use participants::{add_participants, remove_participants};
pub use priority::set_priority;
pub(crate) use resolve::{close, closed};
pub use resolve::{reopen, resolve, resolve_by_customer};
pub(crate) use standing::Standing;

pub use snooze::{WAKE, snooze, wake_due};
