//! Which handler does which kind of job. The context is the caller's own type, so nothing here
//! depends on what jobs do.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tertulia_store::jobs::Job;

use crate::policy::{Backoff, Policy};

/// A periodic job that fails is tried again soon, within its period.
const PERIODIC: Policy =
    Policy { attempts_max: 5, backoff: Backoff::Doubling { first_ms: 1_000, max_ms: 60_000 } };

/// Why a job is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobError {
    /// Worth another attempt: after `after`, or when the kind's policy says.
    Retry { after: Option<Duration>, reason: String },
    /// Another attempt would fail too.
    Fail { reason: String },
}

impl JobError {
    /// Another attempt, when the kind's policy says.
    pub fn retry(reason: impl Into<String>) -> Self {
        JobError::Retry { after: None, reason: reason.into() }
    }

    /// No further attempt.
    pub fn fail(reason: impl Into<String>) -> Self {
        JobError::Fail { reason: reason.into() }
    }
}

impl From<tertulia_store::Error> for JobError {
    fn from(error: tertulia_store::Error) -> Self {
        JobError::retry(error.to_string())
    }
}

type Running = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Handler<C> = Arc<dyn Fn(C, Job) -> Running + Send + Sync>;

/// What is known about one kind.
pub(crate) struct Kind<C> {
    pub(crate) handler: Handler<C>,
    pub(crate) policy: Policy,
    /// Set for a periodic kind.
    pub(crate) every: Option<Duration>,
}

impl<C> Clone for Kind<C> {
    fn clone(&self) -> Self {
        Self { handler: Arc::clone(&self.handler), policy: self.policy, every: self.every }
    }
}

/// The handlers of a process, by kind.
pub struct Registry<C> {
    kinds: HashMap<&'static str, Kind<C>>,
}

impl<C> Default for Registry<C> {
    fn default() -> Self {
        Self { kinds: HashMap::new() }
    }
}

impl<C: Send + 'static> Registry<C> {
    /// Adds the handler of a kind.
    #[must_use]
    pub fn on<F, R>(mut self, kind: &'static str, policy: Policy, handler: F) -> Self
    where
        F: Fn(C, Job) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let handler: Handler<C> = Arc::new(move |context, job| Box::pin(handler(context, job)));
        self.kinds.insert(kind, Kind { handler, policy, every: None });
        self
    }

    /// Adds a kind that is due once in every period, on one node at a time, for ever.
    #[must_use]
    pub fn every<F, R>(mut self, kind: &'static str, period: Duration, handler: F) -> Self
    where
        F: Fn(C, Job) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let handler: Handler<C> = Arc::new(move |context, job| Box::pin(handler(context, job)));
        self.kinds.insert(kind, Kind { handler, policy: PERIODIC, every: Some(period) });
        self
    }

    pub(crate) fn kind(&self, name: &str) -> Option<&Kind<C>> {
        self.kinds.get(name)
    }

    pub(crate) fn periodic(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.kinds.iter().filter_map(|(name, kind)| Some((*name, kind.every?)))
    }
}
