//! HTTP: routes, extractors, problems, the OpenAPI document. One folder per noun, one file per verb.
//!
//! **Invariant:** a handler reads from `store` or calls one use case of `engine`; it never writes.
//! Only `problem.rs` knows which error is which HTTP status.

mod app;
mod attachments;
mod cookies;
mod cursor;
mod docs;
mod events;
mod extract;
mod health;
mod idempotency;
mod layers;
mod openapi;
mod problem;
mod router;
mod stream;
mod strict_json;

pub use app::{App, Limits, Settings};
pub use openapi::document;
pub use problem::Problem;
pub use router::router;
