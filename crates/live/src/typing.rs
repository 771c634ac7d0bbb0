//! Who types where, for a few seconds at a time.

use std::collections::HashMap;
use std::time::Duration;

use tertulia_domain::{ConversationId, Timestamp};
use tertulia_store::sockets::Place;

use crate::Typist;

/// How long somebody types without saying so again.
pub(crate) const TYPING_FOR: Duration = Duration::from_secs(5);
/// Other nodes hear of one typist at most this often.
const TELL_OTHERS_EVERY: Duration = Duration::from_secs(2);

/// Somebody who types, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typing {
    pub conversation_id: ConversationId,
    pub place: Place,
    pub who: Typist,
}

/// Everybody who types in one account.
#[derive(Debug, Default)]
pub(crate) struct Typists {
    since: HashMap<(ConversationId, Typist), Since>,
}

#[derive(Debug)]
struct Since {
    place: Place,
    until: Timestamp,
    told_others_at: Timestamp,
}

/// Who should be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spread {
    /// The sockets of this node.
    pub here: bool,
    /// The other nodes.
    pub elsewhere: bool,
}

impl Typists {
    /// Notes that somebody types or stopped.
    pub(crate) fn set(&mut self, typing: &Typing, on: bool, now: Timestamp) -> Spread {
        let key = (typing.conversation_id, typing.who.clone());
        if !on {
            let was_on = self.since.remove(&key).is_some();
            return Spread { here: was_on, elsewhere: was_on };
        }
        let told = self.since.get(&key).map(|since| since.told_others_at);
        let elsewhere = told.is_none_or(|at| now.since(at) >= TELL_OTHERS_EVERY);
        let told_others_at = told.filter(|_| !elsewhere).unwrap_or(now);
        let since = Since { place: typing.place, until: now.plus(TYPING_FOR), told_others_at };
        self.since.insert(key, since);
        Spread { here: true, elsewhere }
    }

    /// Forgets and names those who have not said so again.
    pub(crate) fn sweep(&mut self, now: Timestamp) -> Vec<Typing> {
        let mut ended = Vec::new();
        self.since.retain(|(conversation, who), Since { place, until, .. }| {
            let goes_on = *until > now;
            if !goes_on {
                ended.push(Typing {
                    conversation_id: *conversation,
                    place: *place,
                    who: who.clone(),
                });
            }
            goes_on
        });
        ended
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.since.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use tertulia_domain::{ContactId, InboxId, RoomId};

    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    fn typing() -> Typing {
        let place = Place { room_id: RoomId(1), inbox_id: InboxId(2), contact_id: ContactId(9) };
        let who = Typist::Customer { id: ContactId(9), name: "Bia".to_owned() };
        Typing { conversation_id: ConversationId(3), place, who }
    }

    const BOTH: Spread = Spread { here: true, elsewhere: true };
    const HERE: Spread = Spread { here: true, elsewhere: false };
    const NONE: Spread = Spread { here: false, elsewhere: false };

    #[test]
    fn typing_ends_by_itself_after_five_seconds_and_is_told_once() {
        let mut typists = Typists::default();
        assert_eq!(typists.set(&typing(), true, NOW), BOTH);
        assert!(typists.sweep(NOW.plus(Duration::from_millis(4_999))).is_empty());
        assert_eq!(typists.sweep(NOW.plus(TYPING_FOR)), vec![typing()]);
        assert!(typists.sweep(NOW.plus(TYPING_FOR * 2)).is_empty());
    }

    #[test]
    fn saying_so_again_prolongs_it_and_stopping_is_told_only_when_it_had_begun() {
        let mut typists = Typists::default();
        typists.set(&typing(), true, NOW);
        typists.set(&typing(), true, NOW.plus(TYPING_FOR / 2));
        assert!(typists.sweep(NOW.plus(TYPING_FOR)).is_empty());
        assert_eq!(typists.set(&typing(), false, NOW), BOTH);
        assert_eq!(typists.set(&typing(), false, NOW), NONE);
    }

    #[test]
    fn other_nodes_are_not_told_of_every_key() {
        let mut typists = Typists::default();
        assert_eq!(typists.set(&typing(), true, NOW), BOTH);
        assert_eq!(typists.set(&typing(), true, NOW.plus(TELL_OTHERS_EVERY / 2)), HERE);
        assert_eq!(typists.set(&typing(), true, NOW.plus(TELL_OTHERS_EVERY)), BOTH);
    }
}
