//! Apps: automated participants that are installed in an account and speak through an endpoint.
//!
//! What becomes of an app that does not answer is decided here, without I/O.

use std::time::Duration;

use crate::access::Permission;
use crate::closed::closed_enum;
use crate::{AppId, InboxId, Timestamp};

/// Waits after the endpoint answered that it refuses: a bug there is not cured by patience.
const REFUSED_WAITS_SECS: &[u64] = &[1, 3, 10];
/// Waits while the endpoint cannot be reached; the last one repeats.
const UNREACHABLE_WAITS_SECS: &[u64] = &[1, 2, 5, 10, 30, 60, 120, 300, 600, 900];
/// Waits after the endpoint took the request and said nothing; it may be at work still.
const SILENT_WAITS_SECS: &[u64] = &[60, 120, 300, 600, 900];
/// How long an event is offered to an endpoint that cannot be reached.
const TRIED_FOR: Duration = Duration::from_secs(12 * 60 * 60);
/// How long a customer's message may lie undelivered before people are asked.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long an endpoint may take to acknowledge an event, unless the app says otherwise.
pub const ACK_SECS: i64 = 30;
/// The longest time that an app may ask for.
pub const ACK_SECS_MAX: i64 = 120;

closed_enum! {
    /// In whose words an endpoint is told.
    ContractKind {
        /// Ours: Standard Webhooks, the events of the journal.
        Tertulia = "tertulia",
        /// Chatwoot's, as its agent bots and webhooks know it.
        Chatwoot = "chatwoot",
    }
}

closed_enum! {
    /// What an app does on an inbox.
    AppRole {
        /// New conversations begin with it; one app per inbox.
        Answers = "answers",
        /// It is told what happens.
        Watches = "watches",
    }
}

/// An app as it is installed in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    pub id: AppId,
    pub name: String,
    pub description: String,
    pub contract: ContractKind,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// Its API token. Kept as it is: the contract of agent bots shows it again and again.
    pub token: String,
    pub enabled: bool,
    /// Whether people are asked when it does not answer.
    pub hands_over_on_failure: bool,
    pub places: Vec<AppPlace>,
    pub created_at: Timestamp,
}

/// An inbox that an app works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppPlace {
    pub inbox_id: InboxId,
    pub role: AppRole,
}

/// What an attempt to tell an app came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempted {
    /// It answered, and not with a success.
    Refused,
    /// It surely did not get it, or asked for another time (429, 502, 503, 504).
    Unreachable,
    /// It got it and did not answer within its time.
    Silent,
}

/// What follows from an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// When to try again; `None`: never.
    pub wait: Option<Duration>,
    /// The customer has waited long enough: people are asked.
    pub asks_people: bool,
}

/// Decides what follows from the `attempts`-th attempt (1 is the first) at an event that happened `age`
/// ago. Only a customer's message can leave somebody without an answer; an echo, a note or a status
/// that an app chokes on is nobody's trouble.
#[must_use]
pub fn after_failure(
    attempted: Attempted,
    attempts: i64,
    age: Duration,
    is_customers_message: bool,
) -> Failure {
    let failed = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let secs = match attempted {
        Attempted::Refused => REFUSED_WAITS_SECS.get(failed),
        Attempted::Unreachable => repeated(UNREACHABLE_WAITS_SECS, failed, age),
        Attempted::Silent => repeated(SILENT_WAITS_SECS, failed, age),
    };
    let is_last = secs.is_none();
    let is_long = match attempted {
        Attempted::Refused => false,
        Attempted::Unreachable | Attempted::Silent => age >= PATIENCE,
    };
    Failure {
        wait: secs.map(|secs| Duration::from_secs(*secs)),
        asks_people: is_customers_message && (is_last || is_long),
    }
}

fn repeated(waits_secs: &'static [u64], failed: usize, age: Duration) -> Option<&'static u64> {
    let wait = waits_secs.get(failed).or(waits_secs.last());
    wait.filter(|_| age < TRIED_FOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn an_endpoint_that_refuses_gets_four_tries_and_then_people_are_asked() {
        let first = after_failure(Attempted::Refused, 1, SECOND, true);
        assert_eq!(first, Failure { wait: Some(SECOND), asks_people: false });
        let third = after_failure(Attempted::Refused, 3, SECOND * 4, true);
        assert_eq!(third, Failure { wait: Some(SECOND * 10), asks_people: false });
        let last = after_failure(Attempted::Refused, 4, SECOND * 14, true);
        assert_eq!(last, Failure { wait: None, asks_people: true });
    }

    #[test]
    fn an_endpoint_that_is_away_is_waited_for_and_people_are_asked_meanwhile() {
        let soon = after_failure(Attempted::Unreachable, 4, SECOND * 8, true);
        assert_eq!(soon, Failure { wait: Some(SECOND * 10), asks_people: false });
        let long = after_failure(Attempted::Unreachable, 5, SECOND * 18, true);
        assert_eq!(long, Failure { wait: Some(SECOND * 30), asks_people: true });
        let later = after_failure(Attempted::Unreachable, 99, TRIED_FOR - SECOND, true);
        assert_eq!(later.wait, Some(SECOND * 900));
        assert_eq!(after_failure(Attempted::Unreachable, 100, TRIED_FOR, true).wait, None);
    }

    #[test]
    fn what_is_not_the_customers_message_never_asks_people() {
        for attempted in [Attempted::Refused, Attempted::Unreachable, Attempted::Silent] {
            for attempts in 1..200 {
                let failure = after_failure(attempted, attempts, TRIED_FOR * 2, false);
                assert!(!failure.asks_people, "{attempted:?} {attempts}");
            }
        }
    }

    #[test]
    fn silence_is_given_time() {
        let silent = after_failure(Attempted::Silent, 1, SECOND * 30, true);
        assert_eq!(silent, Failure { wait: Some(SECOND * 60), asks_people: true });
        let quick = after_failure(Attempted::Silent, 1, SECOND * 5, true);
        assert!(!quick.asks_people, "an app with a short time is not given up on at once");
    }
}
