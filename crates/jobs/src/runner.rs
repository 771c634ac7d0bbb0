//! The loop that claims and runs jobs: woken by the store, by the next due time, and by a slow poll.
//!
//! The wake-up counter is read before the claim and awaited after it, so a job that commits in
//! between is seen: either the claim finds it, or the counter has moved.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::{Clock, Entropy, JobId, Timestamp};
use tertulia_store::jobs::{self, Job};
use tertulia_store::{Error, Scope, Store, Wake, WriteTx};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

use crate::registry::Registry;
use crate::turn::{self, next_slot};

/// How much a runner does at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Jobs that run at the same time.
    pub concurrency: usize,
    /// Of these, jobs of one pool.
    pub pool_concurrency: usize,
    /// How long a claim holds unless it is renewed, which happens three times as often.
    pub lease_secs: u64,
    /// The longest wait when nothing is due: bounds the harm of a lost wake-up.
    pub poll_ms: u64,
    /// How long running jobs may take to end after the stop signal.
    pub drain_secs: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            concurrency: 256,
            pool_concurrency: 16,
            lease_secs: 60,
            poll_ms: 1_000,
            drain_secs: 20,
        }
    }
}

/// What a running job needs of its runner.
pub(crate) struct Parts<C> {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) registry: Arc<Registry<C>>,
    pub(crate) context: C,
}

impl<C: Clone> Clone for Parts<C> {
    fn clone(&self) -> Self {
        Self {
            store: self.store.clone(),
            clock: Arc::clone(&self.clock),
            entropy: Arc::clone(&self.entropy),
            registry: Arc::clone(&self.registry),
            context: self.context.clone(),
        }
    }
}

/// Runs the jobs of a database, together with any number of other runners.
pub struct Runner<C> {
    parts: Parts<C>,
    limits: Limits,
}

/// The jobs in this runner's hands.
#[derive(Default)]
struct Hands {
    tasks: JoinSet<Job>,
    held: HashMap<JobId, (Job, AbortHandle)>,
}

impl<C: Clone + Send + Sync + 'static> Runner<C> {
    /// A runner that hands `context` to every handler.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        registry: Registry<C>,
        context: C,
    ) -> Self {
        let registry = Arc::new(registry);
        let parts = Parts { store, clock, entropy, registry, context };
        Self { parts, limits: Limits::default() }
    }

    /// Replaces the default limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Works until `stop` turns true, then lets what runs come to its end.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut wakes = self.parts.store.wakes(Wake::Jobs);
        let mut hands = Hands::default();
        let mut renewal = tokio::time::interval(self.lease() / 3);
        self.ensure_periodic().await;
        while !*stop.borrow() {
            wakes.borrow_and_update();
            let pause = self.fill(&mut hands).await;
            tokio::select! {
                // Whoever could say stop has gone: that is a stop.
                changed = stop.changed() => if changed.is_err() { break },
                changed = wakes.changed() => if changed.is_err() { break },
                Some(ended) = hands.tasks.join_next() => hands.settle(ended),
                _ = renewal.tick() => self.renew(&mut hands).await,
                () = tokio::time::sleep(pause) => {}
            }
        }
        self.drain(hands).await;
    }

    /// Runs everything that is due now, and what becomes due by it, until nothing is left.
    ///
    /// For tests and simulations, which own the clock. Says how many jobs were run.
    pub async fn run_due(&self) -> usize {
        self.ensure_periodic().await;
        let (mut hands, mut count) = (Hands::default(), 0);
        loop {
            self.fill(&mut hands).await;
            let Some(ended) = hands.tasks.join_next().await else { return count };
            count += 1;
            hands.settle(ended);
        }
    }

    /// Claims jobs for all free hands and starts them; says how long there is nothing more to do.
    async fn fill(&self, hands: &mut Hands) -> Duration {
        let poll = Duration::from_millis(self.limits.poll_ms);
        let free = self.limits.concurrency.saturating_sub(hands.held.len());
        if free == 0 {
            return poll;
        }
        let (claimed, next_due) = match self.claim(hands, free).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, "no jobs can be claimed");
                return poll;
            }
        };
        for job in claimed {
            let task = turn::run(self.parts.clone(), job.clone());
            let handle = hands.tasks.spawn(task);
            hands.held.insert(job.id, (job, handle));
        }
        let now = self.parts.clock.now();
        match next_due.map(|due| due.since(now)) {
            // What is due and was not claimed waits for a hand: an end will come before the poll.
            Some(Duration::ZERO) | None => poll,
            Some(wait) => wait.min(poll),
        }
    }

    async fn claim(
        &self,
        hands: &Hands,
        free: usize,
    ) -> Result<(Vec<Job>, Option<Timestamp>), Error> {
        let mut token = [0; 16];
        self.parts.entropy.fill(&mut token);
        let lease = format!("{:032x}", u128::from_le_bytes(token));
        let pools = hands.pools();
        let (limits, now) = (self.limits, self.parts.clock.now());
        let until = now.plus(self.lease());
        let claim = move |tx: &mut WriteTx<'_>| {
            let (mut claimed, mut pools) = (Vec::new(), pools.clone());
            while claimed.len() < free {
                let full = full_pools(&pools, limits.pool_concurrency);
                let Some(job) = jobs::claim(tx, &lease, now, until, &full)? else { break };
                if let Some(pool) = &job.pool {
                    *pools.entry(pool.clone()).or_default() += 1;
                }
                claimed.push(job);
            }
            Ok((claimed, jobs::next_due_at(tx)?))
        };
        // Looking first keeps an idle runner from writing once per poll.
        let due = self.parts.store.read::<_, Error, _>(Scope::System, jobs::next_due_at).await?;
        if due.is_none_or(|due| due > now) {
            return Ok((Vec::new(), due));
        }
        self.parts.store.write(Scope::System, claim).await
    }

    async fn renew(&self, hands: &mut Hands) {
        if hands.held.is_empty() {
            return;
        }
        let until = self.parts.clock.now().plus(self.lease());
        let held: Vec<Job> = hands.held.values().map(|(job, _)| job.clone()).collect();
        let renewal = self.parts.store.write::<Vec<JobId>, Error, _>(Scope::System, move |tx| {
            let mut lost = Vec::new();
            for job in &held {
                if !jobs::renew(tx, job, until)? {
                    lost.push(job.id);
                }
            }
            Ok(lost)
        });
        match renewal.await {
            // Somebody else may run these by now: two at a time would be worse than none. A job that
            // has just recorded its end is lost too, and its task is over anyway.
            Ok(lost) => {
                lost.iter().filter_map(|id| hands.held.get(id)).for_each(|(_, t)| t.abort());
            }
            Err(error) => tracing::warn!(%error, "leases could not be renewed"),
        }
    }

    async fn drain(&self, mut hands: Hands) {
        let end = async {
            while let Some(ended) = hands.tasks.join_next().await {
                hands.settle(ended);
            }
        };
        if tokio::time::timeout(Duration::from_secs(self.limits.drain_secs), end).await.is_ok() {
            return;
        }
        hands.tasks.shutdown().await;
        let left: Vec<Job> = hands.held.into_values().map(|(job, _)| job).collect();
        tracing::warn!(jobs = left.len(), "jobs were stopped and will be started again");
        let now = self.parts.clock.now();
        let release = self.parts.store.write::<(), Error, _>(Scope::System, move |tx| {
            for job in &left {
                jobs::postpone(tx, job, now, Some("the runner was stopped"))?;
            }
            Ok(())
        });
        if let Err(error) = release.await {
            tracing::warn!(%error, "stopped jobs stay leased until their time is over");
        }
    }

    async fn ensure_periodic(&self) {
        let now = self.parts.clock.now();
        let periodic: Vec<_> = self.parts.registry.periodic().collect();
        let ensure = self.parts.store.write::<(), Error, _>(Scope::System, move |tx| {
            for (kind, every) in &periodic {
                jobs::ensure_periodic(tx, kind, next_slot(now, *every), now)?;
            }
            Ok(())
        });
        if let Err(error) = ensure.await {
            tracing::warn!(%error, "periodic jobs could not be set up");
        }
    }

    fn lease(&self) -> Duration {
        Duration::from_secs(self.limits.lease_secs)
    }
}

impl Hands {
    fn settle(&mut self, ended: Result<Job, tokio::task::JoinError>) {
        match ended {
            Ok(job) => drop(self.held.remove(&job.id)),
            // A panic or an abort leaves its lease to run out; then the job is started again.
            Err(error) => {
                let gone = error.id();
                self.held.retain(|_, (_, task)| task.id() != gone);
                if error.is_panic() {
                    tracing::error!("a job's handler panicked");
                }
            }
        }
    }

    fn pools(&self) -> HashMap<String, usize> {
        let mut pools = HashMap::new();
        for pool in self.held.values().filter_map(|(job, _)| job.pool.clone()) {
            *pools.entry(pool).or_default() += 1;
        }
        pools
    }
}

fn full_pools(pools: &HashMap<String, usize>, max: usize) -> Vec<String> {
    pools.iter().filter(|(_, held)| **held >= max).map(|(pool, _)| pool.clone()).collect()
}
