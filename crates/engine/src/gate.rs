//! What slows guessing down: tries per address and per e-mail, and a bound on password hashing.
//!
//! The counts live in this process: several nodes multiply the limits, and a restart forgets them.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use tertulia_domain::Clock;
use tokio::sync::Semaphore;

use crate::{Error, Result, Settings};

/// Counted keys above which the ones that are whole again are forgotten.
const KEYS_MAX: usize = 10_000;

/// Counters of tries, and the places for password hashing.
pub struct Gate {
    by_email: Tries<String>,
    by_ip: Tries<String>,
    one_time: Tries<String>,
    requests: Tries<String>,
    pub(crate) hashing: Arc<Semaphore>,
}

impl Gate {
    /// Full counters.
    pub(crate) fn new(settings: &Settings, clock: &Arc<dyn Clock>) -> Self {
        let limits = &settings.sign_in;
        let tries = |max| Tries::new(max, limits.window(), Arc::clone(clock));
        Self {
            by_email: tries(limits.tries_per_email_max),
            by_ip: tries(limits.tries_per_ip_max),
            one_time: tries(limits.one_time_tries_per_ip_max),
            requests: Tries::new(
                settings.requests_per_principal_per_minute_max,
                Duration::from_secs(60),
                Arc::clone(clock),
            ),
            hashing: Arc::new(Semaphore::new(limits.hashing_max.max(1))),
        }
    }

    /// Counts a request of a user or token, so that one cannot take the server from the others.
    pub fn request(&self, principal: &str) -> Result<()> {
        self.requests.count(principal.to_owned())
    }

    /// Counts a try to sign in.
    pub(crate) fn sign_in(&self, email: &str, ip: &str) -> Result<()> {
        self.by_ip.count(ip.to_owned())?;
        self.by_email.count(email.to_owned())
    }

    /// Counts a try with a password or code of somebody who is signed in.
    pub(crate) fn confirm(&self, email: &str) -> Result<()> {
        self.by_email.count(email.to_owned())
    }

    /// Counts a try with a one-time link.
    pub(crate) fn one_time(&self, ip: &str) -> Result<()> {
        self.one_time.count(ip.to_owned())
    }
}

/// Tries that come back one by one; `None`: no limit.
pub(crate) struct Tries<K: Hash + Eq + Clone>(Option<Limiter<K>>);

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, PassedIn, NoOpMiddleware<Nanos>>;

impl<K: Hash + Eq + Clone> Tries<K> {
    pub(crate) fn new(max: u32, window: Duration, clock: Arc<dyn Clock>) -> Self {
        let quota = std::num::NonZeroU32::new(max).and_then(|max| {
            let each = window.checked_div(max.get())?;
            Some(Quota::with_period(each)?.allow_burst(max))
        });
        let store = HashMapStateStore::default();
        Self(quota.map(|quota| RateLimiter::new(quota, store, PassedIn(clock))))
    }

    pub(crate) fn count(&self, key: K) -> Result<()> {
        let Some(limiter) = &self.0 else { return Ok(()) };
        if limiter.len() > KEYS_MAX {
            limiter.retain_recent();
        }
        limiter.check_key(&key).map_err(|refused| {
            let wait = refused.wait_time_from(limiter.clock().now());
            Error::Limit { retry_after: Duration::from_secs(wait.as_secs() + 1) }
        })
    }
}

/// The injected clock, as the limiter wants it.
#[derive(Clone)]
struct PassedIn(Arc<dyn Clock>);

impl GovernorClock for PassedIn {
    type Instant = Nanos;

    fn now(&self) -> Self::Instant {
        let micros = u64::try_from(self.0.now().micros()).unwrap_or(0);
        Duration::from_micros(micros).into()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use tertulia_domain::Timestamp;

    use super::*;

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::SeqCst))
        }
    }

    #[test]
    fn tries_run_out_and_come_back_with_time() {
        let clock = Arc::new(Hand(AtomicI64::new(1_790_000_000_000_000)));
        let passed: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
        let tries = Tries::new(3, Duration::from_secs(30), passed);
        for _ in 0..3 {
            assert!(tries.count("a").is_ok());
        }
        let Err(Error::Limit { retry_after }) = tries.count("a") else { panic!("no limit") };
        assert!(retry_after <= Duration::from_secs(11), "{retry_after:?}");
        assert!(tries.count("b").is_ok(), "each key has its own tries");
        clock.0.fetch_add(i64::try_from(retry_after.as_micros()).unwrap(), Ordering::SeqCst);
        assert!(tries.count("a").is_ok(), "after the time that was named");
    }
}
