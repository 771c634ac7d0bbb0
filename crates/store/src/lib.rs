//! Storage: the only SQL, one file per noun, on SQLite and PostgreSQL from one text.
//!
//! Functions take the transaction, then the account, then what they need; they answer values of
//! `domain`. Lookups answer `Option`; whether a row must exist is the caller's decision.
//! **Invariant:** every statement on an account table names the account (`db::guard` and, on
//! PostgreSQL, row-level security).

mod db;
mod dialect;
mod error;
mod migrate;
mod schema;

pub mod accounts;
pub mod apps;
pub mod attachments;
pub mod attribute_definitions;
pub mod backup;
pub mod canned_responses;
pub mod channel_sessions;
pub mod contacts;
pub mod conversations;
pub mod credentials;
pub mod deliveries;
pub mod drafts;
pub mod erasure;
pub mod events;
pub mod followers;
pub mod idempotency;
pub mod identities;
pub mod inboxes;
pub mod inspect;
pub mod invitations;
pub mod jobs;
pub mod labels;
pub mod latest;
pub mod matching;
pub mod message_parts;
pub mod messages;
pub mod oidc;
pub mod one_time;
pub mod paces;
pub mod parked;
pub mod participants;
pub mod pollers;
pub mod quarantine;
pub mod reads;
pub mod receipts;
pub mod reports;
pub mod rooms;
pub mod saved_filters;
pub mod search;
pub mod sessions;
pub mod sockets;
pub mod stream_tokens;
pub mod teams;
pub mod tokens;
pub mod users;
pub mod visitors;
pub mod webhooks;

pub use db::{
    Fault, FaultPlan, FromColumn, HINT_BYTES_MAX, Hint, Json, Param, ReadTx, Retryable, Row, Scope,
    Store, StoreConfig, ToParam, Wake, WriteTx, statements_run,
};
pub use error::{Error, Result};

/// Brings a database to this binary's version without opening it for work.
pub fn migrate(config: &StoreConfig) -> Result<()> {
    migrate::run(config)
}

pub use schema::fingerprint as schema_fingerprint;
