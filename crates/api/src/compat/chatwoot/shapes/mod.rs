//! How our things look in Chatwoot's words: pure functions from our views and a [`Cast`], for REST, the
//! events of bots and webhooks, and `/cable` alike.

pub(crate) mod account;
pub(crate) mod activity;
pub(crate) mod attachment;
pub(crate) mod bot;
mod cast;
pub(crate) mod contact;
pub(crate) mod content;
pub(crate) mod conversation;
pub(crate) mod inbox;
pub(crate) mod message;
mod moment;
pub(crate) mod team;
pub(crate) mod user;

pub(crate) use cast::{Cast, Scene};
pub(crate) use moment::{fraction, iso, secs, secs_or_zero};
