//! An account's sockets and those of other nodes: what is told to them, and what they say.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tertulia_domain::access::Permission;
use tertulia_domain::user::PresenceState;
use tertulia_domain::{AccountId, ContactId, InboxId, Timestamp, UserId};

use super::AccountSockets;
use crate::Access;
use crate::hint::{Here, Hint, UserHere};

/// Contacts of one account that a heartbeat names; of more, the others hear only comings and goings.
const HEARTBEAT_CONTACTS_MAX: usize = 2_000;
/// Inboxes that one person is said to see.
const INBOXES_MAX: usize = 400;
/// Windows of one person on conversations that are named.
const VIEWING_MAX: usize = 100;
/// Ids, or pairs of ids, in one hint; each has up to 30 bytes.
const HINT_IDS_MAX: usize = 200;

/// What other nodes have not been told yet. Nothing is kept where there are none.
#[derive(Debug, Default)]
pub(super) struct News {
    is_shared: bool,
    users: HashSet<UserId>,
    contacts: HashSet<(ContactId, InboxId)>,
    away: HashMap<UserId, bool>,
}

impl News {
    pub(super) fn user(&mut self, user: UserId) {
        if self.is_shared {
            self.users.insert(user);
        }
    }

    pub(super) fn contact(&mut self, who: (ContactId, InboxId)) {
        if self.is_shared {
            self.contacts.insert(who);
        }
    }

    pub(super) fn away(&mut self, user: UserId, is_away: bool) {
        if self.is_shared {
            self.away.insert(user, is_away);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.users.is_empty() && self.contacts.is_empty() && self.away.is_empty()
    }
}

impl AccountSockets {
    /// Sockets of an account that has some on other nodes, too.
    pub(crate) fn shared(is_shared: bool) -> Self {
        Self { news: News { is_shared, ..News::default() }, ..Self::default() }
    }

    /// What happened since the last time, for the other nodes.
    pub(crate) fn take_news(&mut self, account: AccountId) -> Vec<Hint> {
        if self.news.is_empty() {
            return Vec::new();
        }
        let empty = News { is_shared: self.news.is_shared, ..News::default() };
        let News { users, contacts, away, .. } = std::mem::replace(&mut self.news, empty);
        let (users, users_gone): (Vec<_>, Vec<_>) =
            users.into_iter().partition(|user| self.users.has(*user));
        let (contacts, contacts_gone): (Vec<_>, Vec<_>) =
            contacts.into_iter().partition(|who| self.contacts.has(*who));
        let mut hints = self.here(account, &users, &contacts);
        let gone = |users: &[UserId], contacts: &[(ContactId, InboxId)]| Hint::Gone {
            account,
            users: users.to_vec(),
            contacts: contacts.to_vec(),
        };
        hints.extend(users_gone.chunks(HINT_IDS_MAX).map(|users| gone(users, &[])));
        hints.extend(contacts_gone.chunks(HINT_IDS_MAX).map(|contacts| gone(&[], contacts)));
        let said = away.into_iter();
        hints.extend(said.map(|(user, is_away)| Hint::Away { account, user, is_away }));
        hints
    }

    /// Everybody who is there on this node.
    pub(crate) fn heartbeat(&self, account: AccountId) -> Vec<Hint> {
        let users: Vec<UserId> = self.users.all().map(|(user, _)| user).collect();
        let contacts = self.contacts.all().map(|(who, _)| who).take(HEARTBEAT_CONTACTS_MAX);
        self.here(account, &users, &contacts.collect::<Vec<_>>())
    }

    /// Takes in who is there on another node.
    pub(crate) fn hear_here(&mut self, node: &Arc<str>, here: Here, now: Timestamp) {
        for user in here.users {
            self.change_user(user.user, |sockets| sockets.elsewhere.hear_user(node, user, now));
        }
        for who in here.contacts {
            self.change_contact(who, |sockets| sockets.elsewhere.hear_contact(node, who, now));
        }
    }

    /// Takes in who is no longer there on another node.
    pub(crate) fn hear_gone(
        &mut self,
        node: &str,
        users: Vec<UserId>,
        contacts: Vec<(ContactId, InboxId)>,
    ) {
        for user in users {
            self.change_user(user, |sockets| sockets.elsewhere.forget_user(node, user));
        }
        for who in contacts {
            self.change_contact(who, |sockets| sockets.elsewhere.forget_contact(node, who));
        }
    }

    /// The person said so on another node, and means the windows here, too.
    pub(crate) fn hear_away(&mut self, user: UserId, is_away: bool) {
        self.change_user(user, |sockets| {
            sockets.elsewhere.set_away(user, is_away);
            if sockets.users.set_away(user, is_away) {
                sockets.news.user(user);
            }
        });
    }

    /// Forgets those whose node has not spoken for too long.
    pub(super) fn sweep_elsewhere(&mut self, now: Timestamp) {
        for user in self.elsewhere.unheard_users(now) {
            self.change_user(user, |sockets| sockets.elsewhere.drop_unheard_user(user, now));
        }
        for who in self.elsewhere.unheard_contacts(now) {
            self.change_contact(who, |sockets| sockets.elsewhere.drop_unheard_contact(who, now));
        }
    }

    fn here(
        &self,
        account: AccountId,
        users: &[UserId],
        contacts: &[(ContactId, InboxId)],
    ) -> Vec<Hint> {
        let mut hints = Vec::new();
        let (mut together, mut weight) = (Vec::new(), 0);
        let mut tell =
            |users| hints.push(Hint::Here(Here { account, users, contacts: Vec::new() }));
        for user in users {
            let user = self.user_here(*user);
            let adds = 4 + user.viewing.len() + user.inboxes.as_ref().map_or(0, Vec::len);
            if weight + adds > HINT_IDS_MAX && !together.is_empty() {
                tell(std::mem::take(&mut together));
                weight = 0;
            }
            weight += adds;
            together.push(user);
        }
        if !together.is_empty() {
            tell(together);
        }
        for contacts in contacts.chunks(HINT_IDS_MAX) {
            let (users, contacts) = (Vec::new(), contacts.to_vec());
            hints.push(Hint::Here(Here { account, users, contacts }));
        }
        hints
    }

    fn user_here(&self, user: UserId) -> UserHere {
        let mut inboxes = Some(Vec::new());
        let mut viewing = Vec::new();
        for socket in self.staff.values() {
            let Access::Staff(staff) = &socket.access else { continue };
            if staff.user_id != user {
                continue;
            }
            viewing
                .extend(socket.viewing.map(|(conversation, place)| (conversation, place.inbox_id)));
            if socket.is_attending() && staff.rights.has(Permission::ConversationsRead) {
                match staff.rights.has(Permission::InboxesAll) {
                    true => inboxes = None,
                    false => inboxes = inboxes.map(|_| staff.inbox_ids.clone()),
                }
            }
        }
        if let Some(inboxes) = &mut inboxes {
            inboxes.truncate(INBOXES_MAX);
        }
        viewing.truncate(VIEWING_MAX);
        UserHere { user, is_away: self.users.state(user) == PresenceState::Away, inboxes, viewing }
    }
}

#[cfg(test)]
mod tests {
    use tertulia_domain::ConversationId;
    use tertulia_store::HINT_BYTES_MAX;

    use super::*;
    use crate::elsewhere::HEARD_FOR;
    use crate::presence::GRACE;
    use crate::registry::Line;
    use crate::registry::tests::{NOW, session_socket};
    use crate::{Frame, Output};

    const ACCOUNT: AccountId = AccountId(1);
    const ME: UserId = UserId(7);
    const INBOX: InboxId = InboxId(1);

    fn told(line: &Line) -> Vec<Frame> {
        let mut frames = Vec::new();
        while let Some(Output::Send(frame)) = line.outbox.try_next() {
            frames.push(frame);
        }
        frames
    }

    #[test]
    fn what_is_there_on_another_node_is_shown_and_goes_with_it() {
        let mut sockets = AccountSockets::default();
        let (socket, line) = session_socket();
        sockets.insert(1, socket);
        let user = UserHere {
            user: UserId(8),
            is_away: false,
            inboxes: Some(vec![INBOX]),
            viewing: vec![(ConversationId(42), INBOX)],
        };
        let contacts = vec![(ContactId(9), INBOX)];
        let here = Here { account: ACCOUNT, users: vec![user], contacts };
        sockets.set_away(ME, true);
        assert!(!sockets.is_served(INBOX));
        told(&line);
        sockets.hear_here(&Arc::from("b"), here.clone(), NOW);
        let expected = [
            r#"{"type":"presence","user_id":8,"state":"online"}"#,
            r#"{"type":"viewing","conversation_id":42,"user_id":8}"#,
            r#"{"type":"presence","contact_id":9,"state":"online"}"#,
        ];
        assert_eq!(told(&line), expected.map(Frame::from_static));
        assert!(sockets.is_served(INBOX) && !sockets.is_served(InboxId(2)));
        sockets.hear_here(&Arc::from("b"), here, NOW);
        assert_eq!(told(&line), [], "a heartbeat is no news");
        sockets.sweep(NOW.plus(HEARD_FOR));
        let expected = [
            r#"{"type":"presence","user_id":8,"state":"offline"}"#,
            r#"{"type":"viewing","conversation_id":null,"user_id":8}"#,
            r#"{"type":"presence","contact_id":9,"state":"offline"}"#,
        ];
        assert_eq!(told(&line), expected.map(Frame::from_static));
        assert!(!sockets.is_served(INBOX));
    }

    #[test]
    fn others_are_told_once_of_who_comes_and_goes() {
        let mut sockets = AccountSockets::shared(true);
        sockets.insert(1, session_socket().0);
        let user = UserHere { user: ME, is_away: false, inboxes: None, viewing: Vec::new() };
        let here = Here { account: ACCOUNT, users: vec![user], contacts: Vec::new() };
        assert_eq!(sockets.take_news(ACCOUNT), [Hint::Here(here)]);
        assert_eq!(sockets.take_news(ACCOUNT), []);
        sockets.remove(1, NOW);
        sockets.take_news(ACCOUNT);
        sockets.sweep(NOW.plus(GRACE));
        let gone = Hint::Gone { account: ACCOUNT, users: vec![ME], contacts: Vec::new() };
        assert_eq!(sockets.take_news(ACCOUNT), [gone]);
        assert!(sockets.is_empty());
    }

    #[test]
    fn where_there_are_no_others_nothing_is_kept_for_them() {
        let mut sockets = AccountSockets::shared(false);
        sockets.insert(1, session_socket().0);
        sockets.set_away(ME, true);
        assert!(sockets.news.is_empty());
    }

    #[test]
    fn every_hint_fits_into_a_notification() {
        let mut sockets = AccountSockets::default();
        let high = 1_000_000_000_i64;
        for number in 0..1_000 {
            sockets.contacts.arrive((ContactId(high + number), InboxId(high)));
        }
        for number in 0..300 {
            let (mut socket, _) = session_socket();
            let Access::Staff(staff) = &mut socket.access else { panic!() };
            staff.user_id = UserId(high + number);
            staff.rights = crate::Rights::new(tertulia_domain::user::Role::Agent, None);
            staff.inbox_ids = (0..number * 2).map(|inbox| InboxId(high + inbox)).collect();
            sockets.insert(u64::try_from(number).unwrap(), socket);
        }
        let hints = sockets.heartbeat(ACCOUNT);
        assert!(hints.len() > 5);
        for hint in &hints {
            assert!(hint.text().len() <= HINT_BYTES_MAX, "{}", hint.text().len());
            assert_eq!(Hint::read(&hint.text()).as_ref(), Some(hint));
        }
    }
}
