//! Order within a lane, independence between lanes, retries and their end.

use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::Clock;
use tertulia_store::jobs::{self, JobCounts};
use tertulia_store::{Error, Scope, WriteTx};
use tertulia_testkit::{ManualClock, TestDb, on_every_engine};

use super::desk::{Ledger, Order, counts, counts_at, enqueue, runner};

on_every_engine!(two_runners_run_each_job_once_and_each_lane_in_order, |db: &TestDb| {
    let (store, other) = (db.store.clone(), db.another_node());
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        for n in 0..60 {
            enqueue(&store, &clock, Order::in_lane(n, &format!("lane {}", n % 4))).await;
        }
        for n in 60..80 {
            enqueue(&store, &clock, Order::note(n)).await;
        }
        let (first, second) = (runner(&store, &clock, &ledger), runner(&other, &clock, &ledger));
        // A runner may find only what waits behind the other's jobs, so they take turns to the end.
        while counts(&store).await.0 > 0 {
            tokio::join!(first.run_due(), second.run_due());
        }
        let done = ledger.done();
        for lane in 0..4 {
            let of_lane: Vec<i64> =
                done.iter().copied().filter(|n| *n < 60 && n % 4 == lane).collect();
            let expected: Vec<i64> = (0..60).filter(|n| n % 4 == lane).collect();
            assert_eq!(of_lane, expected, "lane {lane}");
        }
        let mut sorted = done;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..80).collect::<Vec<_>>(), "each job exactly once");
        assert_eq!(counts(&store).await, (0, 0, 0));
    }
});

on_every_engine!(a_job_that_waits_to_be_retried_blocks_its_lane_and_no_other, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        ledger.break_job(1);
        for (n, lane) in [(1, "a"), (2, "a"), (3, "b"), (4, "a")] {
            enqueue(&store, &clock, Order::in_lane(n, lane)).await;
        }
        let runner = runner(&store, &clock, &ledger);
        runner.run_due().await;
        assert_eq!((ledger.done(), ledger.tries().len()), (vec![3], 2));
        ledger.mend();
        clock.advance(Duration::from_secs(8));
        runner.run_due().await;
        assert_eq!(ledger.done(), [3], "never early");
        clock.advance(Duration::from_secs(4));
        runner.run_due().await;
        assert_eq!(ledger.done(), [3, 1, 2, 4]);
    }
});

on_every_engine!(a_job_that_always_fails_is_kept_and_its_lane_goes_on, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        ledger.break_job(1);
        enqueue(&store, &clock, Order::in_lane(1, "a")).await;
        enqueue(&store, &clock, Order::in_lane(2, "a")).await;
        let runner = runner(&store, &clock, &ledger);
        for _ in 0..5 {
            runner.run_due().await;
            clock.advance(Duration::from_secs(12));
        }
        assert_eq!(ledger.tries(), [1, 1, 1, 2], "three attempts, then the next");
        assert_eq!((ledger.done(), counts(&store).await), (vec![2], (0, 0, 1)));
    }
});

on_every_engine!(
    a_job_of_the_future_is_not_early_and_an_unknown_kind_is_left_alone,
    |db: &TestDb| {
        let store = db.store.clone();
        async move {
            let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
            enqueue(&store, &clock, Order { in_secs: 30, ..Order::note(1) }).await;
            enqueue(&store, &clock, Order { kind: "of a newer version", ..Order::note(2) }).await;
            let runner = runner(&store, &clock, &ledger);
            runner.run_due().await;
            assert_eq!((ledger.done(), counts(&store).await), (vec![], (2, 0, 0)));
            clock.advance(Duration::from_secs(30));
            runner.run_due().await;
            assert_eq!((ledger.done(), counts(&store).await), (vec![1], (1, 0, 0)));
        }
    }
);

on_every_engine!(jobs_are_counted_by_what_they_are_doing, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        let began = clock.now();
        ledger.break_job(1);
        enqueue(&store, &clock, Order::note(1)).await;
        let runner = runner(&store, &clock, &ledger);
        for _ in 0..3 {
            runner.run_due().await;
            clock.advance(Duration::from_secs(12));
        }
        clock.advance(Duration::from_secs(1));
        let later = clock.now();
        for order in [Order::in_lane(2, "a"), Order::in_lane(3, "a"), Order::note(4)] {
            enqueue(&store, &clock, order).await;
        }
        enqueue(&store, &clock, Order { in_secs: 30, ..Order::note(5) }).await;
        let expected =
            JobCounts { due: 2, waiting: 2, held: 0, dead: 1, oldest_due_at: Some(later) };
        assert_eq!(counts_at(&store, later).await, expected);
        let lease_ends = later.plus(Duration::from_secs(10));
        let claim = move |tx: &mut WriteTx<'_>| jobs::claim(tx, "lease", later, lease_ends, &[]);
        store.write::<_, Error, _>(Scope::System, claim).await.unwrap().expect("a job");
        let held = JobCounts { due: 1, held: 1, ..expected };
        assert_eq!(counts_at(&store, later).await, held);
        // Whoever held it is gone: it can be claimed since its lease ended.
        assert_eq!(counts_at(&store, lease_ends).await, expected);
        assert_eq!(counts_at(&store, began).await.oldest_due_at, None);
    }
});

on_every_engine!(a_refused_transaction_leaves_no_job, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let clock = ManualClock::new();
        let refused = store
            .write::<(), Error, _>(Scope::System, move |tx| {
                let now = tertulia_domain::Clock::now(&clock);
                let payload = &serde_json::json!({});
                let job = tertulia_store::jobs::NewJob {
                    account: None,
                    kind: "note",
                    lane: Some("a"),
                    pool: None,
                    payload,
                    run_at: now,
                    now,
                };
                tertulia_store::jobs::enqueue(tx, &job)?;
                Err(Error::Refused { reason: "no".to_owned() })
            })
            .await;
        assert!(refused.is_err());
        assert_eq!(counts(&store).await, (0, 0, 0));
    }
});
