//! Threading: which conversation a customer's message belongs to.

use std::time::Duration;

use crate::{ConversationId, InboxId, Timestamp, account::ConversationPolicy};

/// What is known of a conversation that the message could join: the newest one the policy allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub id: ConversationId,
    pub inbox_id: InboxId,
    pub resolved_at: Option<Timestamp>,
}

/// Where the message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thread {
    /// Into this open conversation.
    Continue(ConversationId),
    /// Into this closed one, which opens again.
    Reopen(ConversationId),
    /// Into a new one.
    Begin,
}

/// Decides where a customer's message goes.
///
/// `candidates` are conversations of the contact, newest first. Those that the policy keeps apart
/// from `inbox` are passed over. An open one is continued. The newest closed one is reopened when
/// its closing is at most `reopen_window` ago; a window of zero never reopens.
#[must_use]
pub fn choose(
    policy: ConversationPolicy,
    inbox: InboxId,
    candidates: &[Candidate],
    reopen_window: Duration,
    now: Timestamp,
) -> Thread {
    let joins = |candidate: &&Candidate| match policy {
        ConversationPolicy::Contact => true,
        ConversationPolicy::ContactInbox => candidate.inbox_id == inbox,
    };
    if let Some(open) = candidates.iter().filter(joins).find(|c| c.resolved_at.is_none()) {
        return Thread::Continue(open.id);
    }
    match candidates.iter().find(joins) {
        Some(Candidate { id, resolved_at: Some(resolved_at), .. })
            if !reopen_window.is_zero() && now.since(*resolved_at) <= reopen_window =>
        {
            Thread::Reopen(*id)
        }
        Some(_) | None => Thread::Begin,
    }
}

/// What an open conversation holds as a unique key of its contact, so that the policy cannot be raced.
#[must_use]
pub fn open_key(policy: ConversationPolicy, inbox: InboxId) -> String {
    match policy {
        ConversationPolicy::Contact => "c".to_owned(),
        ConversationPolicy::ContactInbox => format!("c:{inbox}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ConversationPolicy::{Contact, ContactInbox};

    const HOUR: Duration = Duration::from_secs(3_600);
    const NOW: Timestamp = Timestamp(10_000_000_000);

    fn candidate(id: i64, inbox: i64, closed_secs_ago: Option<u64>) -> Candidate {
        Candidate {
            id: ConversationId(id),
            inbox_id: InboxId(inbox),
            resolved_at: closed_secs_ago.map(|s| NOW.minus(Duration::from_secs(s))),
        }
    }

    fn check(
        policy: ConversationPolicy,
        candidates: &[Candidate],
        window: Duration,
        expected: Thread,
    ) {
        assert_eq!(choose(policy, InboxId(1), candidates, window, NOW), expected, "{candidates:?}");
    }

    #[test]
    fn an_open_conversation_is_continued_even_behind_a_newer_closed_one() {
        let candidates = [candidate(2, 1, Some(5)), candidate(1, 1, None)];
        check(Contact, &candidates, HOUR, Thread::Continue(ConversationId(1)));
    }

    #[test]
    fn closing_is_undone_within_the_window_and_not_a_microsecond_later() {
        check(Contact, &[candidate(1, 1, Some(3_600))], HOUR, Thread::Reopen(ConversationId(1)));
        let late = Candidate {
            resolved_at: Some(Timestamp(NOW.0 - 3_600_000_001)),
            ..candidate(1, 1, None)
        };
        check(Contact, &[late], HOUR, Thread::Begin);
        check(Contact, &[candidate(1, 1, Some(0))], Duration::ZERO, Thread::Begin);
    }

    #[test]
    fn only_the_newest_closed_conversation_can_reopen() {
        let candidates = [candidate(2, 1, Some(7_200)), candidate(1, 1, Some(60))];
        check(Contact, &candidates, HOUR, Thread::Begin);
    }

    #[test]
    fn the_policy_keeps_inboxes_apart_or_joins_them() {
        let other = [candidate(1, 2, None)];
        check(Contact, &other, HOUR, Thread::Continue(ConversationId(1)));
        check(ContactInbox, &other, HOUR, Thread::Begin);
        check(ContactInbox, &[candidate(1, 2, Some(1))], HOUR, Thread::Begin);
    }

    #[test]
    fn a_clock_that_stepped_back_still_reopens() {
        let future = Candidate { resolved_at: Some(Timestamp(NOW.0 + 1)), ..candidate(1, 1, None) };
        check(Contact, &[future], HOUR, Thread::Reopen(ConversationId(1)));
    }
}
