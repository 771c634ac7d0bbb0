//! All sockets of this node, by account, and who of them gets what.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tertulia_domain::{AccountId, ConversationId, RoomId, Timestamp};
use tertulia_store::events::{Cursor, Event};
use tertulia_store::sockets::Place;

use crate::account::AccountSockets;
use crate::frame::Frame;
use crate::hint::Hint;
use crate::join::Topics;
use crate::outbox::Outbox;
use crate::{Access, Attendance, Close, Credential, Refusal, Shapes};

/// Silence after which the other end is asked.
pub(crate) const PING_AFTER: Duration = Duration::from_secs(30);
/// Silence after which the other end is given up.
pub(crate) const DEAD_AFTER: Duration = Duration::from_secs(75);
/// Shortest time between two pings.
const PING_EVERY: Duration = Duration::from_secs(15);

/// A socket's number on this node.
pub(crate) type SocketId = u64;

/// A socket that has joined.
pub(crate) struct Socket {
    pub credential: Credential,
    pub access: Access,
    pub topics: Topics,
    /// Events up to here are not for this socket: it replays them itself, or knows them.
    pub after: Cursor,
    /// The conversation that the person looks at.
    pub viewing: Option<(ConversationId, Place)>,
    pub attendance: Attending,
    pub line: Arc<Line>,
}

/// Whether a socket makes its person or customer count as there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attending {
    /// As long as it is open.
    Open,
    /// Never: a program.
    Never,
    /// Until then; `None`: not at this moment, but it may say so.
    Until(Option<Timestamp>),
}

/// What the registry and the socket's own task share.
#[derive(Debug)]
pub(crate) struct Line {
    pub outbox: Outbox,
    heard_at: AtomicI64,
    pinged_at: AtomicI64,
}

/// How many sockets of each kind have joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SocketCounts {
    /// Of people, and of programs that act for them.
    pub staff: usize,
    pub visitors: usize,
}

/// All sockets of this node.
#[derive(Default)]
pub(crate) struct Registry {
    last_id: SocketId,
    /// Whether there may be other nodes.
    is_shared: bool,
    accounts: HashMap<AccountId, AccountSockets>,
}

impl Line {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            outbox: Outbox::default(),
            heard_at: AtomicI64::new(now.0),
            pinged_at: AtomicI64::new(now.0),
        }
    }

    /// The other end has said something.
    pub(crate) fn heard(&self, now: Timestamp) {
        self.heard_at.store(now.0, Ordering::Relaxed);
    }

    fn check(&self, now: Timestamp) {
        let silence = now.since(Timestamp(self.heard_at.load(Ordering::Relaxed)));
        if silence >= DEAD_AFTER {
            self.outbox.close(Close::Silent);
        } else if silence >= PING_AFTER {
            let pinged_at = Timestamp(self.pinged_at.load(Ordering::Relaxed));
            if now.since(pinged_at) >= PING_EVERY {
                self.pinged_at.store(now.0, Ordering::Relaxed);
                self.outbox.ping();
            }
        }
    }
}

impl Socket {
    pub(crate) fn wants(&self, event: &Event) -> bool {
        event.cursor > self.after && self.topics.include(event) && self.access.sees(event)
    }

    /// Whether it makes somebody count as there at this moment.
    pub(crate) fn is_attending(&self) -> bool {
        match self.attendance {
            Attending::Open | Attending::Until(Some(_)) => true,
            Attending::Never | Attending::Until(None) => false,
        }
    }

    fn check(&self, now: Timestamp) {
        self.line.check(now);
        if let Access::Staff(staff) = &self.access
            && staff.expires_at.is_some_and(|at| at <= now)
        {
            self.line.outbox.close(Close::SignedOut);
        }
    }
}

impl Attending {
    pub(crate) fn of(credential: &Credential, attendance: Attendance) -> Self {
        match (attendance, credential) {
            (Attendance::Word, _) => Self::Until(None),
            (Attendance::Socket, Credential::Token { .. }) => Self::Never,
            (
                Attendance::Socket,
                Credential::Session { .. }
                | Credential::Visitor { .. }
                | Credential::Customer { .. },
            ) => Self::Open,
        }
    }
}

impl Registry {
    pub(crate) fn new(is_shared: bool) -> Self {
        Self { is_shared, ..Self::default() }
    }

    /// Lets a socket in; answers its number and who is there already.
    pub(crate) fn insert(&mut self, socket: Socket) -> (SocketId, Vec<Frame>) {
        self.last_id += 1;
        let id = self.last_id;
        let account = self.account_mut(socket.credential.account());
        (id, account.insert(id, socket))
    }

    pub(crate) fn remove(&mut self, account: AccountId, id: SocketId, now: Timestamp) {
        if let Some(sockets) = self.accounts.get_mut(&account) {
            sockets.remove(id, now);
        }
    }

    /// Hands an event to every socket that may see it; its text is made at most once per audience.
    pub(crate) fn dispatch(&mut self, event: &Event, shapes: &Shapes) {
        if let Some(sockets) = self.accounts.get_mut(&event.account_id) {
            sockets.dispatch(event, shapes);
        }
    }

    /// Gives a socket the access that was read anew, or ends it.
    pub(crate) fn apply(
        &mut self,
        account: AccountId,
        id: SocketId,
        access: Result<Access, Refusal>,
        position: Cursor,
    ) {
        let Some(sockets) = self.accounts.get_mut(&account) else { return };
        match access {
            Ok(access) => sockets.set_access(id, access, position),
            Err(refusal) => {
                if let Some(socket) = sockets.get(id) {
                    socket.line.outbox.close(refusal.close());
                }
            }
        }
    }

    pub(crate) fn account(&self, account: AccountId) -> Option<&AccountSockets> {
        self.accounts.get(&account)
    }

    pub(crate) fn account_mut(&mut self, account: AccountId) -> &mut AccountSockets {
        let is_shared = self.is_shared;
        self.accounts.entry(account).or_insert_with(|| AccountSockets::shared(is_shared))
    }

    /// What happened here since the last time, for the other nodes.
    pub(crate) fn take_news(&mut self) -> Vec<Hint> {
        let accounts = self.accounts.iter_mut();
        accounts.flat_map(|(account, sockets)| sockets.take_news(*account)).collect()
    }

    /// Everybody who is there on this node.
    pub(crate) fn heartbeat(&self) -> Vec<Hint> {
        let accounts = self.accounts.iter();
        accounts.flat_map(|(account, sockets)| sockets.heartbeat(*account)).collect()
    }

    /// Takes in what another node says.
    pub(crate) fn hear(&mut self, node: &Arc<str>, hint: Hint, now: Timestamp) {
        match hint {
            Hint::Hello => {}
            Hint::Typing(typing) => {
                let (account, typing, on) = typing.open();
                if let Some(sockets) = self.accounts.get_mut(&account) {
                    sockets.set_typing(&typing, on, now);
                }
            }
            Hint::Here(here) => self.account_mut(here.account).hear_here(node, here, now),
            Hint::Gone { account, users, contacts } => {
                self.account_mut(account).hear_gone(node, users, contacts);
            }
            Hint::Away { account, user, is_away } => {
                self.account_mut(account).hear_away(user, is_away);
            }
        }
    }

    pub(crate) fn access(&self, account: AccountId, id: SocketId) -> Option<Access> {
        Some(self.accounts.get(&account)?.get(id)?.access.clone())
    }

    /// Everything that time does: dead peers, expired credentials, absences, typing that ended.
    pub(crate) fn sweep(&mut self, now: Timestamp) {
        for account in self.accounts.values_mut() {
            account.sockets().for_each(|(_, socket)| socket.check(now));
            account.sweep(now);
        }
        self.accounts.retain(|_, account| !account.is_empty());
    }

    pub(crate) fn close_all(&self, close: Close) {
        for (_, socket) in self.sockets() {
            socket.line.outbox.close(close);
        }
    }

    pub(crate) fn sockets(&self) -> impl Iterator<Item = (SocketId, &Socket)> {
        self.accounts.values().flat_map(AccountSockets::sockets)
    }

    pub(crate) fn socket_counts(&self) -> SocketCounts {
        self.accounts.values().map(AccountSockets::socket_counts).fold(
            SocketCounts::default(),
            |sum, counts| SocketCounts {
                staff: sum.staff + counts.staff,
                visitors: sum.visitors + counts.visitors,
            },
        )
    }
}

/// The room that decides which visitor sockets an event goes to.
pub(crate) fn room_of(access: &Access) -> Option<RoomId> {
    match access {
        Access::Visitor(visitor) => visitor.room_id,
        Access::Staff(_) => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use tertulia_domain::SessionId;
    use tertulia_domain::UserId;
    use tertulia_domain::user::Role;

    use super::*;
    use crate::Output;
    use crate::access::tests::staff;

    pub(crate) const NOW: Timestamp = Timestamp(1_000_000_000);

    pub(crate) fn session_socket() -> (Socket, Arc<Line>) {
        let line = Arc::new(Line::new(NOW));
        let credential =
            Credential::Session { account: AccountId(1), user: UserId(7), session: SessionId(3) };
        let socket = Socket {
            credential,
            access: Access::Staff(staff(Role::Administrator, None, &[])),
            topics: Topics::All,
            after: Cursor::default(),
            viewing: None,
            attendance: Attending::Open,
            line: Arc::clone(&line),
        };
        (socket, line)
    }

    #[test]
    fn a_silent_peer_is_asked_and_then_given_up() {
        let mut registry = Registry::default();
        let (socket, line) = session_socket();
        registry.insert(socket);
        registry.sweep(NOW.plus(PING_AFTER));
        assert_eq!(line.outbox.try_next(), Some(Output::Ping));
        registry.sweep(NOW.plus(PING_AFTER + Duration::from_secs(1)));
        assert_eq!(line.outbox.try_next(), None, "not asked every second");
        line.heard(NOW.plus(PING_AFTER));
        registry.sweep(NOW.plus(DEAD_AFTER));
        assert_eq!(line.outbox.closed(), None);
        registry.sweep(NOW.plus(PING_AFTER + DEAD_AFTER));
        assert_eq!(line.outbox.closed(), Some(Close::Silent));
    }

    #[test]
    fn an_expired_credential_ends_its_socket() {
        let mut registry = Registry::default();
        let (mut socket, line) = session_socket();
        if let Access::Staff(staff) = &mut socket.access {
            staff.expires_at = Some(NOW.plus(Duration::from_secs(2)));
        }
        registry.insert(socket);
        registry.sweep(NOW.plus(Duration::from_secs(1)));
        assert_eq!(line.outbox.closed(), None);
        registry.sweep(NOW.plus(Duration::from_secs(2)));
        assert_eq!(line.outbox.closed(), Some(Close::SignedOut));
    }
}
