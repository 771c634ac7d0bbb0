//! Sockets whose people count as there only while they keep saying so.

use tertulia_domain::Timestamp;

use super::AccountSockets;
use crate::Access;
use crate::registry::{Attending, SocketId};

impl AccountSockets {
    /// Whoever is at the socket is there until then.
    pub(crate) fn attend(&mut self, id: SocketId, until: Timestamp) {
        let socket = self.staff.get_mut(&id).or_else(|| self.visitors.get_mut(&id));
        let Some(socket) = socket else { return };
        let Attending::Until(before) = socket.attendance else { return };
        socket.attendance = Attending::Until(Some(until));
        if before.is_some() {
            return;
        }
        match &socket.access {
            Access::Staff(staff) => {
                let user = staff.user_id;
                self.arrive(user);
            }
            Access::Visitor(visitor) => {
                let who = (visitor.contact_id, visitor.inbox_id);
                self.arrive_contact(who);
            }
        }
    }

    /// Lets those go who have not said so again; the usual grace begins for them.
    pub(super) fn sweep_attendance(&mut self, now: Timestamp) {
        let mut silent = Vec::new();
        for socket in self.staff.values_mut().chain(self.visitors.values_mut()) {
            if let Attending::Until(Some(until)) = socket.attendance
                && until <= now
            {
                socket.attendance = Attending::Until(None);
                silent.push(socket.access.clone());
            }
        }
        for access in silent {
            match access {
                Access::Staff(staff) => self.change_user(staff.user_id, |sockets| {
                    sockets.users.leave(staff.user_id, now);
                    sockets.news.user(staff.user_id);
                }),
                Access::Visitor(visitor) => {
                    self.contacts.leave((visitor.contact_id, visitor.inbox_id), now);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tertulia_domain::UserId;
    use tertulia_domain::user::PresenceState;

    use super::*;
    use crate::presence::GRACE;
    use crate::registry::tests::{NOW, session_socket};

    const ME: UserId = UserId(7);
    const TTL: Duration = Duration::from_secs(20);

    #[test]
    fn somebody_who_has_to_say_so_is_there_as_long_as_they_do() {
        let mut sockets = AccountSockets::default();
        let (mut socket, _line) = session_socket();
        socket.attendance = Attending::Until(None);
        sockets.insert(1, socket);
        assert_eq!(sockets.user_state(ME), PresenceState::Offline, "open, but silent");
        sockets.attend(1, NOW.plus(TTL));
        assert_eq!(sockets.user_state(ME), PresenceState::Online);
        sockets.attend(1, NOW.plus(TTL * 2));
        sockets.sweep(NOW.plus(TTL));
        sockets.sweep(NOW.plus(TTL + GRACE));
        assert_eq!(sockets.user_state(ME), PresenceState::Online, "said so again");
        sockets.sweep(NOW.plus(TTL * 2));
        sockets.sweep(NOW.plus(TTL * 2 + GRACE));
        assert_eq!(sockets.user_state(ME), PresenceState::Offline);
        sockets.attend(1, NOW.plus(TTL * 4));
        assert_eq!(sockets.user_state(ME), PresenceState::Online, "and is back by one word");
        sockets.remove(1, NOW.plus(TTL * 4));
        sockets.sweep(NOW.plus(TTL * 4 + GRACE));
        assert_eq!(sockets.user_state(ME), PresenceState::Offline);
    }
}
