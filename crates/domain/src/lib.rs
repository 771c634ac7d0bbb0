//! Words and decisions of Tertulia: ids, closed sets, entities and pure functions over them.
//!
//! **Invariant:** nothing here does I/O, reads a clock, draws randomness or is async.
//! Entities are not `Serialize`: each boundary (storage rows, views, channel payloads) converts explicitly.

mod closed;
mod entropy;
mod ids;

pub mod access;
pub mod account;
pub mod actor;
pub mod app;
pub mod attachment;
pub mod attribute_definition;
pub mod canned_response;
pub mod contact;
pub mod content;
pub mod control;
pub mod conversation;
pub mod delivery;
pub mod email;
pub mod event;
pub mod inbox;
pub mod message;
pub mod password;
pub mod report;
pub mod saved_filter;
pub mod search;
pub mod span;
pub mod status;
pub mod threading;
pub mod time;
pub mod user;
pub mod webhook;

pub use closed::UnknownValue;
pub use entropy::Entropy;
pub use ids::*;
pub use time::{Clock, Timestamp};
