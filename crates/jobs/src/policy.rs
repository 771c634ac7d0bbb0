//! How often a kind of job is tried, and how long it waits in between.

use std::time::Duration;

use tertulia_domain::Entropy;

/// Each wait is longer or shorter by up to this share, so that many jobs that failed together do not
/// come back together.
const JITTER_PERCENT: u64 = 10;

/// The rules of one kind of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Starts before the job is given up on, the first one included.
    pub attempts_max: u32,
    pub backoff: Backoff,
}

/// The wait after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backoff {
    /// Doubles from `first_ms` up to `max_ms`.
    Doubling { first_ms: u64, max_ms: u64 },
    /// One wait for each attempt, in seconds; the last one repeats.
    Schedule(&'static [u64]),
}

impl Default for Policy {
    /// Twelve attempts over about an hour.
    fn default() -> Self {
        let backoff = Backoff::Doubling { first_ms: 1_000, max_ms: 900_000 };
        Self { attempts_max: 12, backoff }
    }
}

impl Policy {
    /// Whether a job that was started so often may be started again.
    #[must_use]
    pub fn allows_another(&self, attempts: i64) -> bool {
        attempts < i64::from(self.attempts_max)
    }

    /// The wait after `attempts` failed attempts, without jitter.
    #[must_use]
    pub fn wait(&self, attempts: i64) -> Duration {
        let failed = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
        match self.backoff {
            Backoff::Doubling { first_ms, max_ms } => {
                let doubled =
                    first_ms.saturating_mul(1_u64.checked_shl(failed).unwrap_or(u64::MAX));
                Duration::from_millis(doubled.min(max_ms))
            }
            Backoff::Schedule(waits_secs) => {
                let index = usize::try_from(failed).unwrap_or(usize::MAX);
                let secs = waits_secs.get(index).or(waits_secs.last()).copied().unwrap_or(0);
                Duration::from_secs(secs)
            }
        }
    }

    /// The wait after `attempts` failed attempts, with jitter.
    #[must_use]
    pub fn jittered_wait(&self, attempts: i64, entropy: &dyn Entropy) -> Duration {
        jittered(self.wait(attempts), entropy)
    }
}

/// The wait, longer or shorter by a random tenth.
fn jittered(wait: Duration, entropy: &dyn Entropy) -> Duration {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes);
    let percent = u64::from_le_bytes(bytes) % (2 * JITTER_PERCENT + 1);
    let micros = u64::try_from(wait.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros((micros / 100).saturating_mul(100 - JITTER_PERCENT + percent))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entropy that always answers the same byte.
    struct Fixed(u8);

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn waits_double_up_to_the_limit() {
        let policy =
            Policy { attempts_max: 3, backoff: Backoff::Doubling { first_ms: 500, max_ms: 3_000 } };
        let waits: Vec<u128> = (1..=5).map(|n| policy.wait(n).as_millis()).collect();
        assert_eq!(waits, [500, 1_000, 2_000, 3_000, 3_000]);
        assert_eq!(policy.wait(10_000).as_millis(), 3_000);
        assert!(policy.allows_another(2) && !policy.allows_another(3));
    }

    #[test]
    fn a_schedule_is_followed_and_its_last_wait_repeats() {
        let policy = Policy { attempts_max: 9, backoff: Backoff::Schedule(&[5, 300]) };
        let waits: Vec<u64> = (1..=3).map(|n| policy.wait(n).as_secs()).collect();
        assert_eq!(waits, [5, 300, 300]);
    }

    #[test]
    fn jitter_stays_within_a_tenth() {
        for byte in 0..=255 {
            let wait = jittered(Duration::from_secs(100), &Fixed(byte)).as_secs();
            assert!((90..=110).contains(&wait), "{wait}");
        }
        assert_eq!(jittered(Duration::ZERO, &Fixed(7)), Duration::ZERO);
    }
}
