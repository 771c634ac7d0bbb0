//! The loop of a server: woken by commits and by time, fair to slow pools, stopped with grace.

use std::sync::Arc;
use std::time::Duration;

use tertulia_jobs::{Job, JobError, Limits, Registry, Runner};
use tertulia_testkit::{ManualClock, TestDb, on_every_engine};
use tokio::sync::{Semaphore, watch};

use super::desk::{
    Ledger, Order, POLICY, counts, enqueue, eventually, note, runner, with_registry,
};

/// Runs the loop beside `body`, then stops it and waits for its end.
async fn beside(runner: Runner<Ledger>, body: impl Future<Output = ()>) {
    let (stop, stopped) = watch::channel(false);
    let body = async {
        body.await;
        stop.send(true).unwrap();
    };
    tokio::join!(runner.run(stopped), body);
}

on_every_engine!(a_commit_and_the_clock_both_start_jobs, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        // A poll that never comes in time shows that the wake-up works.
        let limits = Limits { poll_ms: 600_000, ..Limits::default() };
        let woken = runner(&store, &clock, &ledger).with_limits(limits);
        beside(woken, async {
            enqueue(&store, &clock, Order::note(1)).await;
            eventually("the commit wakes the runner", || ledger.done() == [1]).await;
        })
        .await;
        let timed = runner(&store, &clock, &ledger);
        enqueue(&store, &clock, Order { in_secs: 1, ..Order::note(2) }).await;
        beside(timed, async {
            clock.advance(Duration::from_secs(1));
            eventually("the time has come", || ledger.done() == [1, 2]).await;
        })
        .await;
    }
});

on_every_engine!(a_stuck_pool_leaves_hands_for_the_others, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        let gate = Arc::new(Semaphore::new(0));
        let door = Arc::clone(&gate);
        let registry = Registry::default().on("note", POLICY, note).on(
            "stuck",
            POLICY,
            move |ledger: Ledger, job: Job| {
                let door = Arc::clone(&door);
                async move {
                    drop(door.acquire().await.map_err(|_| JobError::fail("closed"))?);
                    note(ledger, job).await
                }
            },
        );
        for n in 0..20 {
            enqueue(&store, &clock, Order { kind: "stuck", pool: Some("dead"), ..Order::note(n) })
                .await;
        }
        let limits = Limits { concurrency: 4, pool_concurrency: 2, ..Limits::default() };
        let runner = with_registry(&store, &clock, &ledger, registry).with_limits(limits);
        beside(runner, async {
            for n in 20..25 {
                enqueue(&store, &clock, Order { pool: Some("alive"), ..Order::note(n) }).await;
            }
            eventually("the others are done", || ledger.done().len() == 5).await;
            assert!(ledger.done().iter().all(|n| *n >= 20));
            gate.add_permits(1);
            eventually("the pool moves on", || ledger.done().len() == 25).await;
        })
        .await;
        assert_eq!(counts(&store).await, (0, 0, 0));
    }
});

on_every_engine!(
    a_stop_lets_the_running_job_end_and_gives_back_one_that_does_not,
    |db: &TestDb| {
        let store = db.store.clone();
        async move {
            let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
            let registry = || {
                Registry::default().on("note", POLICY, |ledger: Ledger, job: Job| async move {
                    let n = job.payload["n"].as_i64().unwrap();
                    ledger.tries.lock().unwrap().push(n);
                    if n == 2 && job.attempts == 1 {
                        std::future::pending::<()>().await;
                    }
                    ledger.done.lock().unwrap().push(n);
                    Ok(())
                })
            };
            for n in 1..=2 {
                enqueue(&store, &clock, Order::note(n)).await;
            }
            let limits = Limits { drain_secs: 0, ..Limits::default() };
            let stopped = with_registry(&store, &clock, &ledger, registry()).with_limits(limits);
            beside(stopped, eventually("both were started", || ledger.tries().len() == 2)).await;
            let (_, held, _) = counts(&store).await;
            assert_eq!(held, 0, "nothing stays leased");
            with_registry(&store, &clock, &ledger, registry()).run_due().await;
            assert_eq!(ledger.done().iter().filter(|n| **n == 2).count(), 1);
        }
    }
);
