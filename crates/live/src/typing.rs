//! Who types where, for a few seconds at a time.

use std::collections::HashMap;
use std::time::Duration;

use tertulia_domain::{ConversationId, Timestamp};
use tertulia_store::sockets::Place;

use crate::Typist;

/// How long somebody types without saying so again.
pub(crate) const TYPING_FOR: Duration = Duration::from_secs(5);

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
    until: HashMap<(ConversationId, Typist), (Place, Timestamp)>,
}

impl Typists {
    /// Notes that somebody types or stopped; true when others should be told.
    pub(crate) fn set(&mut self, typing: &Typing, on: bool, now: Timestamp) -> bool {
        let key = (typing.conversation_id, typing.who.clone());
        if on {
            self.until.insert(key, (typing.place, now.plus(TYPING_FOR)));
            return true;
        }
        self.until.remove(&key).is_some()
    }

    /// Forgets and names those who have not said so again.
    pub(crate) fn sweep(&mut self, now: Timestamp) -> Vec<Typing> {
        let mut ended = Vec::new();
        self.until.retain(|(conversation, who), (place, until)| {
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
        self.until.is_empty()
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

    #[test]
    fn typing_ends_by_itself_after_five_seconds_and_is_told_once() {
        let mut typists = Typists::default();
        assert!(typists.set(&typing(), true, NOW));
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
        assert!(typists.set(&typing(), false, NOW));
        assert!(!typists.set(&typing(), false, NOW));
    }
}
