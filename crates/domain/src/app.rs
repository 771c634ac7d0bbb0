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

/// An event that an endpoint was to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untold {
    /// How long ago it happened.
    pub age: Duration,
    /// Only a customer's message can leave somebody without an answer; an echo, a note or a status that
    /// an app chokes on is nobody's trouble.
    pub is_customers_message: bool,
    /// How long the oldest message of the customer has been lying here, this one or one behind it.
    pub customer_waits: Option<Duration>,
}

/// Decides what follows from the `attempts`-th attempt, which failed; 1 is the first.
#[must_use]
pub fn after_failure(attempted: Attempted, attempts: i64, untold: Untold) -> Failure {
    let age = untold.age;
    let failed = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let secs = match attempted {
        Attempted::Refused => REFUSED_WAITS_SECS.get(failed),
        Attempted::Unreachable => repeated(UNREACHABLE_WAITS_SECS, failed, age),
        Attempted::Silent => repeated(SILENT_WAITS_SECS, failed, age),
    };
    let is_lost = secs.is_none() && untold.is_customers_message;
    let is_long = match attempted {
        // The next event may please it.
        Attempted::Refused => false,
        Attempted::Unreachable | Attempted::Silent => {
            untold.customer_waits.is_some_and(|waits| waits >= PATIENCE)
        }
    };
    Failure { wait: secs.map(|secs| Duration::from_secs(*secs)), asks_people: is_lost || is_long }
}

fn repeated(waits_secs: &'static [u64], failed: usize, age: Duration) -> Option<&'static u64> {
    let wait = waits_secs.get(failed).or(waits_secs.last());
    wait.filter(|_| age < TRIED_FOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[track_caller]
    fn check(
        (attempted, attempts): (Attempted, i64),
        untold: Untold,
        wait: Option<Duration>,
        asks_people: bool,
    ) {
        let failure = after_failure(attempted, attempts, untold);
        assert_eq!(failure, Failure { wait, asks_people }, "{attempted:?} {attempts} {untold:?}");
    }

    fn customers_message(age: Duration) -> Untold {
        Untold { age, is_customers_message: true, customer_waits: Some(age) }
    }

    fn echo(age: Duration) -> Untold {
        Untold { age, is_customers_message: false, customer_waits: None }
    }

    #[test]
    fn an_endpoint_that_refuses_gets_four_tries_and_then_people_are_asked() {
        use Attempted::Refused;
        check((Refused, 1), customers_message(SECOND), Some(SECOND), false);
        check((Refused, 3), customers_message(SECOND * 40), Some(SECOND * 10), false);
        check((Refused, 4), customers_message(SECOND * 50), None, true);
    }

    #[test]
    fn an_endpoint_that_is_away_is_waited_for_and_people_are_asked_meanwhile() {
        use Attempted::Unreachable;
        check((Unreachable, 4), customers_message(SECOND * 8), Some(SECOND * 10), false);
        check((Unreachable, 5), customers_message(SECOND * 18), Some(SECOND * 30), true);
        let nearly = customers_message(TRIED_FOR - SECOND);
        check((Unreachable, 99), nearly, Some(SECOND * 900), true);
        check((Unreachable, 100), customers_message(TRIED_FOR), None, true);
    }

    #[test]
    fn a_message_that_waits_behind_another_event_counts() {
        let behind = Untold { customer_waits: Some(SECOND * 20), ..echo(SECOND * 25) };
        check((Attempted::Unreachable, 5), behind, Some(SECOND * 30), true);
        check((Attempted::Refused, 4), behind, None, false);
    }

    #[test]
    fn what_is_not_the_customers_message_never_asks_people() {
        for attempted in [Attempted::Refused, Attempted::Unreachable, Attempted::Silent] {
            for attempts in 1..200 {
                let failure = after_failure(attempted, attempts, echo(TRIED_FOR * 2));
                assert!(!failure.asks_people, "{attempted:?} {attempts}");
            }
        }
    }

    #[test]
    fn silence_is_given_time() {
        use Attempted::Silent;
        check((Silent, 1), customers_message(SECOND * 30), Some(SECOND * 60), true);
        // An app with a short time is not given up on at once.
        check((Silent, 1), customers_message(SECOND * 5), Some(SECOND * 60), false);
    }
}
