//! The background work of a node: the jobs, and the followers of the journal.

use std::sync::Arc;

use tertulia_engine::Engine;
use tertulia_engine::inboxes::Poller;
use tertulia_engine::search::Indexer;
use tertulia_engine::webhooks::WebhookFollower;
use tertulia_jobs::{Follower, Following, Runner};

use crate::supervise::Supervisor;

/// Starts everything that works behind the requests.
pub(crate) fn start(supervisor: &mut Supervisor, engine: &Engine) {
    let runner = Arc::new(runner(engine));
    supervisor.spawn("jobs", move |shutdown| {
        let runner = Arc::clone(&runner);
        async move { runner.run(shutdown).await }
    });
    let poller = Arc::new(Poller::new(engine.clone()));
    supervisor.spawn("poller", move |shutdown| {
        let poller = Arc::clone(&poller);
        async move { poller.run(shutdown).await }
    });
    follow(supervisor, engine, Indexer);
    follow(
        supervisor,
        engine,
        WebhookFollower::new(Arc::clone(&engine.clock), engine.contracts.clone()),
    );
}

fn follow<F: Follower>(supervisor: &mut Supervisor, engine: &Engine, follower: F) {
    let (store, follower) = (engine.store.clone(), Arc::new(follower));
    supervisor.spawn(follower.name(), move |shutdown| {
        Following::new(store.clone(), Arc::clone(&follower)).run(shutdown)
    });
}

/// The background work of this node.
#[must_use]
pub fn runner(engine: &Engine) -> Runner<Engine> {
    let (store, clock) = (engine.store.clone(), Arc::clone(&engine.clock));
    let entropy = Arc::clone(&engine.entropy);
    Runner::new(store, clock, entropy, tertulia_engine::work::registry(), engine.clone())
}
