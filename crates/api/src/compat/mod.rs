//! Other people's APIs, spoken over our own use cases, so that their clients work here unmodified.
//!
//! Nothing outside of a folder here knows the other vocabulary.

pub(crate) mod chatwoot;
