//! Who is there: counted by sockets, with a short grace so that a page reload is not an absence.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use tertulia_domain::Timestamp;
use tertulia_domain::user::PresenceState;

/// How long somebody without a socket still counts as there.
pub(crate) const GRACE: Duration = Duration::from_secs(15);

/// Presence of users, or of contacts, of one account.
#[derive(Debug)]
pub(crate) struct Presence<K> {
    there: HashMap<K, There>,
}

#[derive(Debug, Default)]
struct There {
    sockets: u32,
    is_away: bool,
    gone_at: Option<Timestamp>,
}

impl<K> Default for Presence<K> {
    fn default() -> Self {
        Self { there: HashMap::new() }
    }
}

impl<K: Copy + Eq + Hash> Presence<K> {
    /// A socket came; true when that is news.
    pub(crate) fn arrive(&mut self, who: K) -> bool {
        let is_new = !self.there.contains_key(&who);
        let there = self.there.entry(who).or_default();
        there.sockets += 1;
        there.gone_at = None;
        is_new
    }

    /// A socket went; whether the person did is decided by [`Presence::sweep`].
    pub(crate) fn leave(&mut self, who: K, now: Timestamp) {
        if let Some(there) = self.there.get_mut(&who) {
            there.sockets = there.sockets.saturating_sub(1);
            if there.sockets == 0 {
                there.gone_at = Some(now);
            }
        }
    }

    /// True when that is news.
    pub(crate) fn set_away(&mut self, who: K, is_away: bool) -> bool {
        let there = self.there.get_mut(&who);
        there.is_some_and(|there| std::mem::replace(&mut there.is_away, is_away) != is_away)
    }

    /// Forgets and names those whose grace has passed.
    pub(crate) fn sweep(&mut self, now: Timestamp) -> Vec<K> {
        let is_gone = |there: &There| there.gone_at.is_some_and(|at| now.since(at) >= GRACE);
        let gone: Vec<K> =
            self.there.iter().filter(|(_, there)| is_gone(there)).map(|(&who, _)| who).collect();
        for who in &gone {
            self.there.remove(who);
        }
        gone
    }

    pub(crate) fn has(&self, who: K) -> bool {
        self.there.contains_key(&who)
    }

    pub(crate) fn state(&self, who: K) -> PresenceState {
        self.there.get(&who).map_or(PresenceState::Offline, There::state)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (K, PresenceState)> {
        self.there.iter().map(|(&who, there)| (who, there.state()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.there.is_empty()
    }
}

impl There {
    fn state(&self) -> PresenceState {
        if self.is_away { PresenceState::Away } else { PresenceState::Online }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);

    #[test]
    fn a_reload_is_not_an_absence() {
        let mut presence = Presence::default();
        assert!(presence.arrive(7));
        presence.leave(7, NOW);
        assert_eq!(presence.sweep(NOW.plus(GRACE / 2)), Vec::<i32>::new());
        assert!(!presence.arrive(7), "was still there");
        assert_eq!(presence.sweep(NOW.plus(GRACE * 2)), Vec::<i32>::new());
    }

    #[test]
    fn somebody_is_gone_when_the_last_socket_is_and_the_grace_has_passed() {
        let mut presence = Presence::default();
        presence.arrive(7);
        assert!(!presence.arrive(7), "a second tab");
        presence.leave(7, NOW);
        assert!(presence.sweep(NOW.plus(GRACE)).is_empty());
        presence.leave(7, NOW);
        assert_eq!(presence.sweep(NOW.plus(GRACE)), vec![7]);
        assert_eq!(presence.state(7), PresenceState::Offline);
    }

    #[test]
    fn away_is_news_once_and_only_for_those_who_are_there() {
        let mut presence = Presence::default();
        assert!(!presence.set_away(7, true));
        presence.arrive(7);
        assert!(presence.set_away(7, true));
        assert!(!presence.set_away(7, true));
        assert_eq!(presence.state(7), PresenceState::Away);
    }
}
