//! Who is there on other nodes, as far as those have said so lately.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::user::PresenceState;
use tertulia_domain::{ContactId, ConversationId, InboxId, Timestamp, UserId};

use crate::hint::UserHere;

/// How often a node says who is there on it.
pub(crate) const HEARTBEAT_EVERY: Duration = Duration::from_secs(10);
/// How long that counts: a node that has died is missed after two heartbeats.
pub(crate) const HEARD_FOR: Duration = Duration::from_secs(25);
/// Persons, and contacts, of one account on other nodes; more are not taken in.
const HEARD_MAX: usize = 50_000;

/// The others' persons and contacts of one account.
#[derive(Debug, Default)]
pub(crate) struct Elsewhere {
    users: Heard<UserId, UserHere>,
    contacts: Heard<(ContactId, InboxId), ()>,
}

impl Elsewhere {
    pub(crate) fn hear_user(&mut self, node: &Arc<str>, user: UserHere, now: Timestamp) {
        self.users.hear(node, user.user, user, now);
    }

    pub(crate) fn hear_contact(
        &mut self,
        node: &Arc<str>,
        who: (ContactId, InboxId),
        now: Timestamp,
    ) {
        self.contacts.hear(node, who, (), now);
    }

    pub(crate) fn forget_user(&mut self, node: &str, user: UserId) {
        self.users.forget(node, user);
    }

    pub(crate) fn forget_contact(&mut self, node: &str, who: (ContactId, InboxId)) {
        self.contacts.forget(node, who);
    }

    /// The person said so, wherever they are.
    pub(crate) fn set_away(&mut self, user: UserId, is_away: bool) {
        for said in self.users.by_key.get_mut(&user).into_iter().flatten() {
            said.what.is_away = is_away;
        }
    }

    pub(crate) fn user_state(&self, user: UserId) -> PresenceState {
        let states = self.users.of(user).map(|here| match here.is_away {
            true => PresenceState::Away,
            false => PresenceState::Online,
        });
        states.fold(PresenceState::Offline, PresenceState::or)
    }

    pub(crate) fn contact_state(&self, who: (ContactId, InboxId)) -> PresenceState {
        match self.contacts.by_key.contains_key(&who) {
            true => PresenceState::Online,
            false => PresenceState::Offline,
        }
    }

    pub(crate) fn users(&self) -> impl Iterator<Item = UserId> {
        self.users.by_key.keys().copied()
    }

    pub(crate) fn contacts(&self) -> impl Iterator<Item = (ContactId, InboxId)> {
        self.contacts.by_key.keys().copied()
    }

    /// What one person looks at.
    pub(crate) fn viewing_of(
        &self,
        user: UserId,
    ) -> impl Iterator<Item = (ConversationId, InboxId)> {
        self.users.of(user).flat_map(|here| here.viewing.iter().copied())
    }

    /// Those who see the conversations of an inbox.
    pub(crate) fn who_sees(&self, inbox: InboxId) -> impl Iterator<Item = UserId> {
        let all = self.users.by_key.values().flatten().map(|said| &said.what);
        let sees = move |here: &&UserHere| {
            here.inboxes.as_ref().is_none_or(|inboxes| inboxes.contains(&inbox))
        };
        all.filter(sees).map(|here| here.user)
    }

    /// Those of whom some node has not spoken for too long.
    pub(crate) fn unheard_users(&self, now: Timestamp) -> Vec<UserId> {
        self.users.unheard(now)
    }

    /// Like [`Elsewhere::unheard_users`].
    pub(crate) fn unheard_contacts(&self, now: Timestamp) -> Vec<(ContactId, InboxId)> {
        self.contacts.unheard(now)
    }

    pub(crate) fn drop_unheard_user(&mut self, user: UserId, now: Timestamp) {
        self.users.keep_if(user, |said| said.is_fresh(now));
    }

    pub(crate) fn drop_unheard_contact(&mut self, who: (ContactId, InboxId), now: Timestamp) {
        self.contacts.keep_if(who, |said| said.is_fresh(now));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.users.by_key.is_empty() && self.contacts.by_key.is_empty()
    }
}

/// What each node said last of each key.
#[derive(Debug)]
struct Heard<K, T> {
    by_key: HashMap<K, Vec<Said<T>>>,
}

#[derive(Debug)]
struct Said<T> {
    node: Arc<str>,
    what: T,
    at: Timestamp,
}

impl<K, T> Default for Heard<K, T> {
    fn default() -> Self {
        Self { by_key: HashMap::new() }
    }
}

impl<T> Said<T> {
    fn is_fresh(&self, now: Timestamp) -> bool {
        now.since(self.at) < HEARD_FOR
    }
}

impl<K: Copy + Eq + Hash, T> Heard<K, T> {
    fn hear(&mut self, node: &Arc<str>, key: K, what: T, at: Timestamp) {
        if self.by_key.len() >= HEARD_MAX && !self.by_key.contains_key(&key) {
            return;
        }
        let said = self.by_key.entry(key).or_default();
        said.retain(|said| said.node != *node);
        said.push(Said { node: Arc::clone(node), what, at });
    }

    fn forget(&mut self, node: &str, key: K) {
        self.keep_if(key, |said| *said.node != *node);
    }

    fn keep_if(&mut self, key: K, keeps: impl Fn(&Said<T>) -> bool) {
        if let Some(said) = self.by_key.get_mut(&key) {
            said.retain(keeps);
            if said.is_empty() {
                self.by_key.remove(&key);
            }
        }
    }

    fn of(&self, key: K) -> impl Iterator<Item = &T> {
        self.by_key.get(&key).into_iter().flatten().map(|said| &said.what)
    }

    fn unheard(&self, now: Timestamp) -> Vec<K> {
        let is_stale = |said: &Vec<Said<T>>| said.iter().any(|said| !said.is_fresh(now));
        self.by_key.iter().filter(|(_, said)| is_stale(said)).map(|(&key, _)| key).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000);
    const ANA: UserId = UserId(7);

    fn here(is_away: bool, inboxes: Option<&[i64]>) -> UserHere {
        let inboxes = inboxes.map(|ids| ids.iter().copied().map(InboxId).collect());
        UserHere { user: ANA, is_away, inboxes, viewing: Vec::new() }
    }

    #[test]
    fn somebody_is_there_if_any_node_says_so_and_online_counts_before_away() {
        let (mut elsewhere, a, b) = (Elsewhere::default(), Arc::from("a"), Arc::from("b"));
        assert_eq!(elsewhere.user_state(ANA), PresenceState::Offline);
        elsewhere.hear_user(&a, here(true, None), NOW);
        assert_eq!(elsewhere.user_state(ANA), PresenceState::Away);
        elsewhere.hear_user(&b, here(false, None), NOW);
        assert_eq!(elsewhere.user_state(ANA), PresenceState::Online);
        elsewhere.set_away(ANA, true);
        assert_eq!(elsewhere.user_state(ANA), PresenceState::Away);
        elsewhere.forget_user("a", ANA);
        elsewhere.forget_user("b", ANA);
        assert_eq!(elsewhere.user_state(ANA), PresenceState::Offline);
        assert!(elsewhere.is_empty());
    }

    #[test]
    fn what_a_node_said_is_forgotten_when_its_heartbeats_are_missed() {
        let (mut elsewhere, a, b) = (Elsewhere::default(), Arc::from("a"), Arc::from("b"));
        elsewhere.hear_user(&a, here(false, None), NOW);
        elsewhere.hear_user(&b, here(true, None), NOW.plus(HEARTBEAT_EVERY));
        assert!(elsewhere.unheard_users(NOW.plus(HEARTBEAT_EVERY * 2)).is_empty());
        let late = NOW.plus(HEARD_FOR);
        assert_eq!(elsewhere.unheard_users(late), [ANA]);
        elsewhere.drop_unheard_user(ANA, late);
        assert_eq!(elsewhere.user_state(ANA), PresenceState::Away, "the other node goes on");
    }

    #[test]
    fn who_sees_an_inbox_is_known() {
        let (mut elsewhere, a) = (Elsewhere::default(), Arc::from("a"));
        let sees = |elsewhere: &Elsewhere, id| elsewhere.who_sees(InboxId(id)).count() > 0;
        elsewhere.hear_user(&a, here(false, Some(&[1, 2])), NOW);
        assert!(sees(&elsewhere, 2) && !sees(&elsewhere, 3));
        elsewhere.hear_user(&a, here(false, None), NOW);
        assert!(sees(&elsewhere, 3));
    }
}
