//! HTTP: routes, extractors, problems, the OpenAPI document. One folder per noun, one file per verb.
//!
//! **Invariant:** a handler reads from `store` or calls one use case of `engine`; it never writes.
//! Only `problem.rs` knows which error is which HTTP status.

mod account;
mod app;
mod apps;
mod attachments;
mod attribute_definitions;
mod canned_responses;
mod compat;
mod contacts;
mod control;
mod conversations;
mod cookies;
mod cursor;
mod docs;
mod events;
mod extract;
mod health;
mod hooks;
mod idempotency;
mod inboxes;
mod invitations;
mod labels;
mod layers;
mod messages;
mod oidc;
mod openapi;
mod password_resets;
mod problem;
mod profile;
mod router;
mod saved_filters;
mod search;
mod session;
mod sessions;
mod setup;
mod stream;
mod strict_json;
mod teams;
mod tokens;
mod users;
mod webhooks;
mod widget;

pub use compat::chatwoot::{ChatwootContract, route_table as chatwoot_route_table};

pub use app::{App, Limits, Settings};
pub use openapi::document;
pub use problem::Problem;
pub use router::router;
