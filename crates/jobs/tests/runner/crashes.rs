//! Processes that die with jobs in their hands.

use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::Clock;
use tertulia_jobs::{Job, Registry};
use tertulia_store::{Error, Scope, Store, jobs};
use tertulia_testkit::{ManualClock, TestDb, on_every_engine};

use super::desk::{Ledger, Order, POLICY, counts, enqueue, note, runner, with_registry};

/// Takes a job as a runner does that then dies.
async fn claim_and_die(store: &Store, clock: &ManualClock) -> Option<Job> {
    let now = clock.now();
    let until = now.plus(Duration::from_secs(60));
    let claim = store.write::<_, Error, _>(Scope::System, move |tx| {
        jobs::claim(tx, "of the dead", now, until, &[])
    });
    claim.await.unwrap()
}

on_every_engine!(a_dead_runners_job_is_started_again_when_its_lease_ends, |db: &TestDb| {
    let (store, other) = (db.store.clone(), db.another_node());
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        for n in 1..=3 {
            enqueue(&store, &clock, Order::in_lane(n, "a")).await;
        }
        let held = claim_and_die(&store, &clock).await.unwrap();
        let survivor = runner(&other, &clock, &ledger);
        clock.advance(Duration::from_secs(59));
        assert_eq!(survivor.run_due().await, 0, "the lease still holds, and its lane waits");
        clock.advance(Duration::from_secs(1));
        survivor.run_due().await;
        assert_eq!(ledger.done(), [1, 2, 3]);
        let late = store.write::<_, Error, _>(Scope::System, move |tx| {
            Ok((jobs::complete(tx, &held)?, jobs::renew(tx, &held, tertulia_domain::Timestamp(0))?))
        });
        assert_eq!(late.await.unwrap(), (false, false), "the dead cannot report");
    }
});

on_every_engine!(a_late_report_does_not_end_the_next_runners_attempt, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let clock = Arc::new(ManualClock::new());
        enqueue(&store, &clock, Order::note(1)).await;
        let first = claim_and_die(&store, &clock).await.unwrap();
        clock.advance(Duration::from_secs(61));
        let now = clock.now();
        let second = store
            .write::<_, Error, _>(Scope::System, move |tx| {
                jobs::claim(tx, "of the next", now, now.plus(Duration::from_secs(60)), &[])
            })
            .await
            .unwrap()
            .unwrap();
        assert_eq!(second.attempts, 2);
        let reports = store.write::<_, Error, _>(Scope::System, move |tx| {
            Ok((jobs::complete(tx, &first)?, jobs::complete(tx, &second)?))
        });
        assert_eq!(reports.await.unwrap(), (false, true));
    }
});

on_every_engine!(a_job_that_kills_its_process_is_given_up_on, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        enqueue(&store, &clock, Order::note(1)).await;
        for _ in 0..POLICY.attempts_max {
            assert!(claim_and_die(&store, &clock).await.is_some());
            clock.advance(Duration::from_secs(60));
        }
        runner(&store, &clock, &ledger).run_due().await;
        assert_eq!((ledger.tries(), counts(&store).await), (vec![], (0, 0, 1)));
    }
});

on_every_engine!(a_handler_that_panics_is_tried_again_and_hurts_nobody, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        let registry =
            Registry::default().on("note", POLICY, |ledger: Ledger, job: Job| async move {
                assert!(job.attempts > 1 || job.payload["n"] != 1, "the first attempt of 1 panics");
                note(ledger, job).await
            });
        for n in 1..=2 {
            enqueue(&store, &clock, Order::note(n)).await;
        }
        let runner = with_registry(&store, &clock, &ledger, registry);
        runner.run_due().await;
        assert_eq!(ledger.done(), [2]);
        clock.advance(Duration::from_secs(60));
        runner.run_due().await;
        assert_eq!(ledger.done(), [2, 1]);
    }
});

on_every_engine!(a_handler_may_end_its_job_in_its_own_transaction, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        let own = store.clone();
        let registry = Registry::default().on("note", POLICY, move |_: Ledger, job: Job| {
            let store = own.clone();
            async move {
                let end =
                    store.write::<_, Error, _>(Scope::System, move |tx| jobs::complete(tx, &job));
                assert!(end.await?);
                Ok(())
            }
        });
        enqueue(&store, &clock, Order::in_lane(1, "a")).await;
        enqueue(&store, &clock, Order::in_lane(2, "a")).await;
        assert_eq!(with_registry(&store, &clock, &ledger, registry).run_due().await, 2);
        assert_eq!(counts(&store).await, (0, 0, 0));
    }
});
