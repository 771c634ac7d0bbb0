//! Files of messages: taken in with suspicion, given out so that no browser runs them.

mod fetch;
mod keep;
mod name;
mod open;
mod picture;
mod purge;
mod sniff;
mod thumbnail;
mod upload;

pub(crate) use fetch::order;
pub(crate) use keep::reserve;
pub(crate) use name::clean;
pub(crate) use picture::{fetch_picture, keep_picture, order_picture};

pub use fetch::{FETCH, Fetched, fetch};
pub use open::{Opened, open};
pub use picture::{PICTURE, picture};
pub use purge::purge;
pub use upload::{Upload, upload};
