//! The status that everyone sees: derived from control, snooze and closing, never stored by hand.

use crate::Timestamp;
use crate::closed::closed_enum;
use crate::control::Holder;

closed_enum! {
    /// What is going on with a conversation, in one word.
    Status {
        /// An app holds control, or routing is under way.
        Pending = "pending",
        /// A person holds it, or one has been asked for.
        Open = "open",
        /// Put aside until a time or the customer's next message.
        Snoozed = "snoozed",
        /// Closed.
        Resolved = "resolved",
    }
}

/// The facts that a status is derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub holder: Holder,
    pub snoozed_until: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
}

/// The status of a conversation. Closing wins over snoozing, snoozing over who holds control.
///
/// A passed `snoozed_until` still counts as snoozed until the timer's own transaction clears it,
/// so that the status in a list and in a single read can never differ.
#[must_use]
pub fn derive(facts: Facts) -> Status {
    match facts {
        Facts { resolved_at: Some(_), .. } => Status::Resolved,
        Facts { snoozed_until: Some(_), .. } => Status::Snoozed,
        Facts { holder: Holder::App(_), .. } => Status::Pending,
        Facts { holder: Holder::Nobody | Holder::Agent(_), .. } => Status::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UserId;

    #[test]
    fn every_combination_of_facts_has_its_status() {
        let at = Some(Timestamp(1));
        for holder in [Holder::Nobody, Holder::App(1), Holder::Agent(UserId(1))] {
            let awake =
                if matches!(holder, Holder::App(_)) { Status::Pending } else { Status::Open };
            for (snoozed_until, resolved_at, expected) in [
                (None, None, awake),
                (at, None, Status::Snoozed),
                (None, at, Status::Resolved),
                (at, at, Status::Resolved),
            ] {
                assert_eq!(derive(Facts { holder, snoozed_until, resolved_at }), expected);
            }
        }
    }
}
