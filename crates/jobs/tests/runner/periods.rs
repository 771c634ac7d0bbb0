//! Periodic jobs: once per period, on one node, for ever.

use std::sync::Arc;
use std::time::Duration;

use tertulia_jobs::{Job, JobError, Registry};
use tertulia_testkit::{ManualClock, TestDb, on_every_engine};

use super::desk::{Ledger, counts, with_registry};

const HOUR: Duration = Duration::from_secs(3_600);

fn hourly() -> Registry<Ledger> {
    Registry::default().every("hourly", HOUR, |ledger: Ledger, _: Job| async move {
        let mut tries = ledger.tries.lock().unwrap();
        tries.push(0);
        if ledger.broken.lock().unwrap().is_empty() {
            Ok(())
        } else {
            Err(JobError::fail("broken"))
        }
    })
}

on_every_engine!(a_periodic_job_runs_once_per_period_on_all_nodes_together, |db: &TestDb| {
    let (store, other) = (db.store.clone(), db.another_node());
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        let nodes = [&store, &other].map(|s| with_registry(s, &clock, &ledger, hourly()));
        tokio::join!(nodes[0].run_due(), nodes[1].run_due());
        assert_eq!(ledger.tries().len(), 0, "its first turn is at the next full hour");
        for hour in 1..=3 {
            clock.advance(HOUR);
            tokio::join!(nodes[0].run_due(), nodes[1].run_due());
            assert_eq!(ledger.tries().len(), hour);
        }
        assert_eq!(counts(&store).await, (1, 0, 0));
    }
});

on_every_engine!(a_periodic_job_that_fails_has_its_next_turn_all_the_same, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (clock, ledger) = (Arc::new(ManualClock::new()), Ledger::default());
        ledger.break_job(0);
        let runner = with_registry(&store, &clock, &ledger, hourly());
        runner.run_due().await;
        for turn in 1..=3 {
            clock.advance(HOUR);
            runner.run_due().await;
            assert_eq!(ledger.tries().len(), turn);
        }
        assert_eq!(counts(&store).await, (1, 0, 0));
    }
});
