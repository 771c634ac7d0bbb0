//! Every store function on every engine, from one body each.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

#[cfg(test)]
mod contacts;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod files;
#[cfg(test)]
mod inboxes;
mod journal;
mod kernel;
#[cfg(test)]
mod library;
#[cfg(test)]
mod marks;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod people;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod scene;
mod search;
#[cfg(test)]
mod visitors;
#[cfg(test)]
mod webhooks;

use tertulia_domain::{AccountId, Clock, Timestamp};
use tertulia_store::{Error, Scope, Store, params};
use tertulia_testkit::ManualClock;

/// Now, in every conformance test.
fn now() -> Timestamp {
    ManualClock::new().now()
}

/// An account to own the rows of a test.
async fn account(store: &Store) -> AccountId {
    store
        .write::<_, Error, _>(Scope::System, |tx| {
            tx.one(
                "INSERT INTO accounts (name, locale, conversation_policy, created_at) \
                 VALUES ('Test', 'en', 'contact', $1) RETURNING id",
                params![now()],
                |row| row.take(),
            )
        })
        .await
        .unwrap()
}
