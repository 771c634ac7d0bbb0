//! The way of an outgoing message: a status that only moves forward, whatever order receipts come in.

use crate::closed::closed_enum;

closed_enum! {
    /// Where an outgoing message is.
    DeliveryStatus {
        Queued = "queued",
        Sending = "sending",
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        /// The provider refused it.
        Rejected = "rejected",
        /// It could not be sent in time.
        Expired = "expired",
        /// Taken back before it was sent.
        Canceled = "canceled",
        /// Sent, but the answer was lost: shown to people, never silently repeated.
        Uncertain = "uncertain",
    }
}

/// What the record of a message is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// The worker starts the provider call.
    Started,
    /// The call failed before anything was sent; it will be tried again.
    Postponed,
    /// The call gave a definite answer, or a receipt came.
    Known(DeliveryStatus),
    /// A person sends it again after a rejection or an uncertain end.
    Retried,
}

/// The next status, or `None` when the report changes nothing.
///
/// Receipts (`sent`, `delivered`, `read`, `rejected`) form a lattice: the result is the join, so any
/// order and any repetition gives the same end. A late `delivered` wins over `rejected` and
/// `uncertain`, because it is proof.
#[must_use]
pub fn next(current: DeliveryStatus, report: Report) -> Option<DeliveryStatus> {
    use DeliveryStatus as S;
    let next = match report {
        Report::Started => match current {
            S::Queued => S::Sending,
            S::Sending | S::Sent | S::Delivered | S::Read => current,
            S::Rejected | S::Expired | S::Canceled | S::Uncertain => current,
        },
        Report::Postponed => {
            if current == S::Sending {
                S::Queued
            } else {
                current
            }
        }
        Report::Known(known) => join(current, known),
        Report::Retried => match current {
            S::Rejected | S::Expired | S::Uncertain => S::Queued,
            S::Queued | S::Sending | S::Sent | S::Delivered | S::Read | S::Canceled => current,
        },
    };
    (next != current).then_some(next)
}

/// Whether nothing more is expected to happen by our own doing.
#[must_use]
pub fn is_settled(status: DeliveryStatus) -> bool {
    !matches!(status, DeliveryStatus::Queued | DeliveryStatus::Sending)
}

fn join(a: DeliveryStatus, b: DeliveryStatus) -> DeliveryStatus {
    if rank(b) > rank(a) { b } else { a }
}

/// Height in the lattice; all heights differ, so `join` is a maximum: commutative and idempotent.
fn rank(status: DeliveryStatus) -> u8 {
    match status {
        DeliveryStatus::Queued => 0,
        DeliveryStatus::Sending => 1,
        DeliveryStatus::Canceled => 2,
        DeliveryStatus::Expired => 3,
        DeliveryStatus::Uncertain => 4,
        DeliveryStatus::Sent => 5,
        DeliveryStatus::Rejected => 6,
        DeliveryStatus::Delivered => 7,
        DeliveryStatus::Read => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DeliveryStatus as S;
    use proptest::prelude::*;

    fn apply(start: S, reports: &[S]) -> S {
        reports.iter().fold(start, |s, &r| next(s, Report::Known(r)).unwrap_or(s))
    }

    #[test]
    fn every_pair_of_statuses_joins_alike_in_both_orders() {
        for &a in S::ALL {
            assert_eq!(next(a, Report::Known(a)), None, "{a} twice");
            for &b in S::ALL {
                assert_eq!(apply(S::Queued, &[a, b]), apply(S::Queued, &[b, a]), "{a}, {b}");
            }
        }
    }

    #[test]
    fn proof_of_arrival_wins_over_refusal_and_doubt() {
        for doubt in [S::Rejected, S::Uncertain, S::Expired] {
            assert_eq!(next(doubt, Report::Known(S::Delivered)), Some(S::Delivered));
            assert_eq!(next(S::Delivered, Report::Known(doubt)), None);
        }
    }

    #[test]
    fn only_unsettled_ends_can_be_retried_and_nothing_goes_back_by_itself() {
        for &status in S::ALL {
            let retried = next(status, Report::Retried);
            let may = matches!(status, S::Rejected | S::Expired | S::Uncertain);
            assert_eq!(retried, may.then_some(S::Queued), "{status}");
            if is_settled(status) {
                assert_eq!(next(status, Report::Started), None, "{status}");
                assert_eq!(next(status, Report::Postponed), None, "{status}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_order_and_repetition_of_receipts_ends_the_same(
            receipts in prop::collection::vec(prop::sample::select(S::ALL), 0..6),
            seed in any::<prop::sample::Index>(),
        ) {
            let mut shuffled = receipts.clone();
            if !shuffled.is_empty() {
                let pivot = seed.index(shuffled.len());
                shuffled.rotate_left(pivot);
                shuffled.reverse();
                shuffled.extend(receipts.iter().copied());
            }
            prop_assert_eq!(apply(S::Sending, &receipts), apply(S::Sending, &shuffled));
        }
    }
}
