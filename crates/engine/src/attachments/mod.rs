//! Files of messages: taken in with suspicion, given out so that no browser runs them.

mod name;
mod open;
mod purge;
mod sniff;
mod thumbnail;
mod upload;

pub use open::{Opened, open};
pub use purge::purge;
pub use upload::{Upload, upload};
