//! What the tests share: a ledger that handlers write into, and runners over one database.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tertulia_domain::{Clock, Timestamp};
use tertulia_jobs::{Backoff, Job, JobError, Policy, Registry, Runner};
use tertulia_store::jobs::{self, JobCounts, NewJob};
use tertulia_store::{Error, Scope, Store};
use tertulia_testkit::{ManualClock, SeededEntropy};

/// Three attempts, ten seconds apart.
pub(crate) const POLICY: Policy = Policy { attempts_max: 3, backoff: Backoff::Schedule(&[10]) };

/// Which jobs were run, in order of their ends; some of them are told to fail.
#[derive(Clone, Default)]
pub(crate) struct Ledger {
    pub(crate) done: Arc<Mutex<Vec<i64>>>,
    pub(crate) tries: Arc<Mutex<Vec<i64>>>,
    pub(crate) broken: Arc<Mutex<Vec<i64>>>,
}

impl Ledger {
    pub(crate) fn done(&self) -> Vec<i64> {
        self.done.lock().unwrap().clone()
    }

    pub(crate) fn tries(&self) -> Vec<i64> {
        self.tries.lock().unwrap().clone()
    }

    pub(crate) fn break_job(&self, n: i64) {
        self.broken.lock().unwrap().push(n);
    }

    pub(crate) fn mend(&self) {
        self.broken.lock().unwrap().clear();
    }
}

/// The handler of the kind `note`.
pub(crate) async fn note(ledger: Ledger, job: Job) -> Result<(), JobError> {
    let n = job.payload["n"].as_i64().unwrap();
    ledger.tries.lock().unwrap().push(n);
    tokio::task::yield_now().await;
    if ledger.broken.lock().unwrap().contains(&n) {
        return Err(JobError::retry("broken"));
    }
    ledger.done.lock().unwrap().push(n);
    Ok(())
}

pub(crate) fn runner(store: &Store, clock: &Arc<ManualClock>, ledger: &Ledger) -> Runner<Ledger> {
    with_registry(store, clock, ledger, Registry::default().on("note", POLICY, note))
}

pub(crate) fn with_registry(
    store: &Store,
    clock: &Arc<ManualClock>,
    ledger: &Ledger,
    registry: Registry<Ledger>,
) -> Runner<Ledger> {
    let clock = Arc::clone(clock) as Arc<dyn Clock>;
    let entropy = Arc::new(SeededEntropy::new(7));
    Runner::new(store.clone(), clock, entropy, registry, ledger.clone())
}

pub(crate) struct Order<'a> {
    pub(crate) n: i64,
    pub(crate) kind: &'a str,
    pub(crate) lane: Option<String>,
    pub(crate) pool: Option<&'static str>,
    pub(crate) in_secs: u64,
}

impl Order<'_> {
    pub(crate) fn note(n: i64) -> Self {
        Self { n, kind: "note", lane: None, pool: None, in_secs: 0 }
    }

    pub(crate) fn in_lane(n: i64, lane: &str) -> Self {
        Self { lane: Some(lane.to_owned()), ..Self::note(n) }
    }
}

pub(crate) async fn enqueue(store: &Store, clock: &ManualClock, order: Order<'_>) {
    let (now, payload) = (clock.now(), json!({"n": order.n}));
    let (kind, lane, pool) = (order.kind.to_owned(), order.lane, order.pool);
    let run_at = now.plus(Duration::from_secs(order.in_secs));
    let write = store.write::<_, Error, _>(Scope::System, move |tx| {
        let payload: &Value = &payload;
        let (kind, lane) = (kind.as_str(), lane.as_deref());
        jobs::enqueue(tx, &NewJob { account: None, kind, lane, pool, payload, run_at, now })
    });
    write.await.unwrap();
}

/// `(waiting, held, dead)`.
pub(crate) async fn counts(store: &Store) -> (i64, i64, i64) {
    // At the beginning of time nothing is due and every lease holds.
    let counts = counts_at(store, Timestamp(0)).await;
    (counts.waiting, counts.held, counts.dead)
}

pub(crate) async fn counts_at(store: &Store, now: Timestamp) -> JobCounts {
    store.read::<_, Error, _>(Scope::System, move |tx| jobs::counts(tx, now)).await.unwrap()
}

/// Waits for a condition, with a deadline.
pub(crate) async fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let wait = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect(what);
}
