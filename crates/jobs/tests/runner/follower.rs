//! A follower of the journal: every event once, in order, whatever races or breaks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tertulia_domain::actor::Actor;
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::{AccountId, Clock};
use tertulia_jobs::{Follower, Following};
use tertulia_store::events::{self, Event, NewEvent};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Error, ReadTx, Result, Scope, Store, Wake, WriteTx};
use tertulia_testkit::{ManualClock, TestDb, on_every_engine};

use super::desk::{Ledger, counts, runner};

/// Makes a job of every event whose number is even.
#[derive(Default)]
struct Even {
    breaks: AtomicBool,
}

impl Follower for Even {
    type Work = Vec<i64>;

    fn name(&self) -> &'static str {
        "even"
    }

    fn batch_max(&self) -> i64 {
        7
    }

    fn plan(&self, _: &mut ReadTx<'_>, events: &[Event]) -> Result<Option<Vec<i64>>> {
        let numbers =
            events.iter().filter_map(|event| event.data.read::<Value>().ok()?["n"].as_i64());
        let even: Vec<i64> = numbers.filter(|n| n % 2 == 0).collect();
        Ok((!even.is_empty()).then_some(even))
    }

    fn apply(&self, tx: &mut WriteTx<'_>, work: &Vec<i64>) -> Result<()> {
        let now = ManualClock::new().now();
        for n in work {
            let payload = &json!({"n": n});
            let (kind, lane) = ("note", Some("followed"));
            let job = NewJob { account: None, kind, lane, pool: None, payload, run_at: now, now };
            jobs::enqueue(tx, &job)?;
            if self.breaks.load(Ordering::SeqCst) {
                return Err(Error::Refused { reason: "half of the batch is done".to_owned() });
            }
        }
        Ok(())
    }
}

async fn append(store: &Store, numbers: std::ops::Range<i64>) {
    for n in numbers {
        let write = store.write::<_, Error, _>(Scope::System, move |tx| {
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
                data: &tertulia_store::Json::from(json!({"n": n})),
                at: ManualClock::new().now(),
            };
            events::append(tx, AccountId(1), &event)
        });
        write.await.unwrap();
    }
}

/// The numbers of the jobs that were made, in order.
async fn made(store: &Store) -> Vec<i64> {
    let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
    runner(store, &clock, &ledger).run_due().await;
    ledger.done()
}

on_every_engine!(two_nodes_follow_and_each_event_is_worked_on_once, |db: &TestDb| {
    let (store, other) = (db.store.clone(), db.another_node());
    async move {
        let follow = |store: &Store| {
            let mut following = Following::new(store.clone(), Arc::new(Even::default()));
            let store = store.clone();
            async move {
                loop {
                    following.step().await.unwrap();
                    if counts(&store).await.0 == 100 {
                        return;
                    }
                }
            }
        };
        tokio::join!(append(&store, 0..200), follow(&store), follow(&other));
        assert_eq!(made(&store).await, (0..200).step_by(2).collect::<Vec<_>>());
    }
});

on_every_engine!(a_batch_that_breaks_is_undone_and_worked_on_again, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        append(&store, 0..20).await;
        let follower = Arc::new(Even::default());
        follower.breaks.store(true, Ordering::SeqCst);
        let mut following = Following::new(store.clone(), Arc::clone(&follower));
        assert!(following.catch_up().await.is_err());
        assert_eq!(counts(&store).await.0, 0);
        follower.breaks.store(false, Ordering::SeqCst);
        // Once the one that failed, once a process that starts anew.
        following.step().await.unwrap();
        Following::new(store.clone(), follower).catch_up().await.unwrap();
        assert_eq!(made(&store).await, (0..20).step_by(2).collect::<Vec<_>>());
    }
});

on_every_engine!(a_following_loop_is_woken_by_commits, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let following = Following::new(store.clone(), Arc::new(Even::default()));
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let mut made = store.wakes(Wake::Jobs);
        let body = async {
            for n in 0..3 {
                append(&store, n * 2..n * 2 + 1).await;
                // Other commits wake too; what counts is that the loop was woken for this one.
                while counts(&store).await.0 <= n {
                    made.changed().await.unwrap();
                }
            }
            stop.send(true).unwrap();
        };
        tokio::join!(following.run(stopped), body);
        assert_eq!(counts(&store).await.0, 3);
    }
});
