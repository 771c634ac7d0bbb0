//! Every store function on every engine, from one body each.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

#[cfg(test)]
mod inboxes;
mod journal;
mod kernel;
#[cfg(test)]
mod people;
mod search;

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
