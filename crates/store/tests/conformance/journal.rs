//! The journal as a feed: nothing skipped, nothing twice, whatever order transactions commit in.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tertulia_domain::actor::Actor;
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::{AccountId, EventId};
use tertulia_store::events::{self, Cursor, NewEvent};
use tertulia_store::{Error, Scope, Store, Wake, WriteTx};
use tertulia_testkit::{TestDb, TestEngine, on_every_engine};

use super::{account, now};

on_every_engine!(a_reader_that_races_the_writers_sees_everything_once, |db: &TestDb| {
    let (store, reader) = (db.store.clone(), db.another_node());
    async move {
        let account = account(&store).await;
        let writers = (0..8).map(|_| {
            let store = store.clone();
            tokio::task::spawn_blocking(move || {
                let runtime = tokio::runtime::Handle::current();
                (0..40).map(|_| runtime.block_on(append(&store, account))).collect::<Vec<_>>()
            })
        });
        let all = futures_util::future::join_all(writers);
        let follow = follow(&reader, 320);
        let (written, seen) = futures_util::future::join(all, follow).await;
        let mut written: Vec<EventId> = written.into_iter().flat_map(Result::unwrap).collect();
        let mut sorted = seen.clone();
        written.sort();
        sorted.sort();
        assert_eq!(sorted, written, "each event exactly once");
    }
});

on_every_engine!(a_late_commit_is_not_jumped_over, |db: &TestDb| {
    let (store, is_postgres) = (db.store.clone(), db.engine == TestEngine::Postgres);
    async move {
        if !is_postgres {
            // One writer: commits come in the order of the ids.
            return;
        }
        let account = account(&store).await;
        let (held, release) =
            (Arc::new(std::sync::Barrier::new(2)), Arc::new(std::sync::Barrier::new(2)));
        let slow = {
            let (store, held, release) = (store.clone(), Arc::clone(&held), Arc::clone(&release));
            tokio::task::spawn_blocking(move || {
                let write = store.write::<EventId, Error, _>(Scope::Account(account), move |tx| {
                    let id = insert(tx, account)?;
                    held.wait();
                    release.wait();
                    Ok(id)
                });
                tokio::runtime::Handle::current().block_on(write).unwrap()
            })
        };
        tokio::task::block_in_place(|| held.wait());
        let fast = append(&store, account).await;
        let early = read(&store, Cursor::default()).await;
        assert_eq!(early, [], "the later event waits for the earlier transaction");
        tokio::task::block_in_place(|| release.wait());
        let slow = slow.await.unwrap();
        assert_eq!(follow(&store, 2).await, [slow, fast]);
    }
});

on_every_engine!(a_commit_wakes_its_readers_and_a_refusal_does_not, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let account = account(&store).await;
        let mut wakes = store.wakes(Wake::Events);
        wakes.mark_unchanged();
        let refused = store
            .write::<(), Error, _>(Scope::Account(account), move |tx| {
                insert(tx, account)?;
                Err(Error::Refused { reason: "no".to_owned() })
            })
            .await;
        assert!(refused.is_err());
        assert!(!wakes.has_changed().unwrap());
        append(&store, account).await;
        wakes.changed().await.unwrap();
    }
});

on_every_engine!(another_node_is_woken_by_a_commit, |db: &TestDb| {
    let (store, other) = (db.store.clone(), db.another_node());
    let is_postgres = db.engine == TestEngine::Postgres;
    async move {
        if !is_postgres {
            // The file belongs to one process.
            return;
        }
        let account = account(&store).await;
        let mut wakes = other.wakes(Wake::Events);
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        // The other node may still be on its way to listening: later commits wake it too.
        loop {
            append(&store, account).await;
            let woken = tokio::time::timeout(Duration::from_millis(100), wakes.changed()).await;
            if woken.is_ok() {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "no wake-up within 10 s");
        }
    }
});

async fn append(store: &Store, account: AccountId) -> EventId {
    store
        .write::<_, Error, _>(Scope::Account(account), move |tx| insert(tx, account))
        .await
        .unwrap()
}

fn insert(tx: &mut WriteTx<'_>, account: AccountId) -> Result<EventId, Error> {
    let event = NewEvent {
        kind: EventKind::AccountUpdated,
        audience: Audience::Staff,
        room_id: None,
        conversation_id: None,
        inbox_id: None,
        subject_id: None,
        actor: &Actor::system(),
        reason: None,
        request_id: None,
        data: &tertulia_store::Json::from(json!({"n": 1})),
        at: now(),
    };
    events::append(tx, account, &event)
}

async fn read(store: &Store, cursor: Cursor) -> Vec<EventId> {
    let page = store
        .read::<_, Error, _>(Scope::System, move |tx| events::after(tx, cursor, 100))
        .await
        .unwrap();
    page.into_iter().map(|event| event.id).collect()
}

/// Follows the feed by its cursor until `count` events were seen.
async fn follow(store: &Store, count: usize) -> Vec<EventId> {
    let (mut seen, mut cursor) = (Vec::new(), Cursor::default());
    while seen.len() < count {
        let from = cursor;
        let page = store
            .read::<_, Error, _>(Scope::System, move |tx| events::after(tx, from, 7))
            .await
            .unwrap();
        if let Some(last) = page.last() {
            cursor = last.cursor;
        }
        seen.extend(page.iter().map(|event| event.id));
        tokio::task::yield_now().await;
    }
    seen
}
