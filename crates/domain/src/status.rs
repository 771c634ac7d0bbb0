//! The status that everyone sees: derived from control, snooze and closing, never stored by hand.

use crate::Timestamp;
use crate::closed::closed_enum;
use crate::control::{Control, Holder};

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
    pub control: Control,
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
        Facts { control: Control { holder: Holder::App(_), offered_at: None, .. }, .. } => {
            Status::Pending
        }
        Facts { .. } => Status::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AppId, UserId};

    #[test]
    fn every_combination_of_facts_has_its_status() {
        let at = Some(Timestamp(1));
        let app = Control::FREE.pass(AppId(1));
        let asked = app.offer(Timestamp(1));
        for control in [Control::FREE, app, asked, Control::FREE.take(UserId(1))] {
            let awake = if control == app { Status::Pending } else { Status::Open };
            for (snoozed_until, resolved_at, expected) in [
                (None, None, awake),
                (at, None, Status::Snoozed),
                (None, at, Status::Resolved),
                (at, at, Status::Resolved),
            ] {
                assert_eq!(derive(Facts { control, snoozed_until, resolved_at }), expected);
            }
        }
    }
}
