//! The sockets of one account: delivery, and what is only worth something now.

mod attendance;
mod nodes;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use tertulia_domain::access::Permission;
use tertulia_domain::user::PresenceState;
use tertulia_domain::{ContactId, ConversationId, InboxId, RoomId, Timestamp, UserId};
use tertulia_store::events::{Cursor, Event};
use tertulia_store::sockets::Place;

use crate::elsewhere::Elsewhere;
use crate::frame::{Frame, Note};
use crate::presence::Presence;
use crate::registry::{Socket, SocketCounts, SocketId, room_of};
use crate::typing::{Spread, Typing, Typists};
use crate::{Access, Shapes, StaffAccess, Typist};
use nodes::News;

/// Most contacts that are named to a socket that joins.
const GREETING_CONTACTS_MAX: usize = 500;

/// The sockets of one account on this node, and who is there.
#[derive(Default)]
pub(crate) struct AccountSockets {
    staff: HashMap<SocketId, Socket>,
    visitors: HashMap<SocketId, Socket>,
    rooms: HashMap<RoomId, Vec<SocketId>>,
    users: Presence<UserId>,
    contacts: Presence<(ContactId, InboxId)>,
    typists: Typists,
    elsewhere: Elsewhere,
    news: News,
}

/// What others are told of a person, without their typing.
#[derive(PartialEq)]
struct Shown {
    state: PresenceState,
    /// The newest conversation that the person looks at, by inbox.
    viewing: BTreeMap<InboxId, ConversationId>,
}

impl AccountSockets {
    pub(crate) fn insert(&mut self, id: SocketId, socket: Socket) -> Vec<Frame> {
        match &socket.access {
            Access::Staff(staff) => {
                let user = staff.user_id;
                if socket.is_attending() {
                    self.arrive(user);
                }
                let greeting = self.greeting(staff);
                self.staff.insert(id, socket);
                greeting
            }
            Access::Visitor(visitor) => {
                let who = (visitor.contact_id, visitor.inbox_id);
                let is_attending = socket.is_attending();
                if let Some(room) = visitor.room_id {
                    self.rooms.entry(room).or_default().push(id);
                }
                self.visitors.insert(id, socket);
                if is_attending {
                    self.arrive_contact(who);
                }
                Vec::new()
            }
        }
    }

    /// One more window of a person; somebody who is away elsewhere comes back only by saying so.
    fn arrive(&mut self, user: UserId) {
        self.change_user(user, |sockets| {
            let is_away = sockets.elsewhere.user_state(user) == PresenceState::Away;
            if sockets.users.arrive(user) {
                sockets.users.set_away(user, is_away);
            }
            sockets.news.user(user);
        });
    }

    fn arrive_contact(&mut self, who: (ContactId, InboxId)) {
        self.change_contact(who, |sockets| {
            if sockets.contacts.arrive(who) {
                sockets.news.contact(who);
            }
        });
    }

    pub(crate) fn remove(&mut self, id: SocketId, now: Timestamp) {
        if let Some(Access::Staff(staff)) = self.staff.get(&id).map(|socket| &socket.access) {
            let user = staff.user_id;
            self.change_user(user, |sockets| {
                if sockets.staff.remove(&id).as_ref().is_some_and(Socket::is_attending) {
                    sockets.users.leave(user, now);
                    sockets.news.user(user);
                }
            });
        }
        if let Some(socket) = self.visitors.remove(&id)
            && let Access::Visitor(visitor) = &socket.access
        {
            self.leave_room(id, visitor.room_id);
            if socket.is_attending() {
                self.contacts.leave((visitor.contact_id, visitor.inbox_id), now);
            }
        }
    }

    pub(crate) fn get(&self, id: SocketId) -> Option<&Socket> {
        self.staff.get(&id).or_else(|| self.visitors.get(&id))
    }

    pub(crate) fn sockets(&self) -> impl Iterator<Item = (SocketId, &Socket)> {
        self.staff.iter().chain(&self.visitors).map(|(&id, socket)| (id, socket))
    }

    pub(crate) fn socket_counts(&self) -> SocketCounts {
        SocketCounts { staff: self.staff.len(), visitors: self.visitors.len() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.staff.is_empty()
            && self.visitors.is_empty()
            && self.users.is_empty()
            && self.contacts.is_empty()
            && self.typists.is_empty()
            && self.elsewhere.is_empty()
            && self.news.is_empty()
    }

    pub(crate) fn dispatch(&self, event: &Event, shapes: &Shapes) {
        let text = OnceCell::new();
        for socket in self.staff.values().filter(|socket| socket.wants(event)) {
            let frame = text.get_or_init(|| (shapes.staff)(event).map(|text| Frame::event(&text)));
            frame.iter().for_each(|frame| socket.line.outbox.push(frame.clone()));
        }
        let text = OnceCell::new();
        for socket in self.in_room(event.room_id).filter(|socket| socket.wants(event)) {
            let frame =
                text.get_or_init(|| (shapes.visitor)(event).map(|text| Frame::event(&text)));
            frame.iter().for_each(|frame| socket.line.outbox.push(frame.clone()));
        }
    }

    /// Takes the access that was read anew. A visitor who is now in another room is told to reload.
    pub(crate) fn set_access(&mut self, id: SocketId, access: Access, position: Cursor) {
        if let Some(socket) = self.staff.get_mut(&id) {
            if let Access::Staff(staff) = &access {
                self.news.user(staff.user_id);
            }
            socket.access = access;
        } else if let Some(socket) = self.visitors.get_mut(&id) {
            let (before, after) = (room_of(&socket.access), room_of(&access));
            socket.access = access;
            if before == after {
                return;
            }
            socket.line.outbox.push(Frame::resync(position));
            self.leave_room(id, before);
            if let Some(room) = after {
                self.rooms.entry(room).or_default().push(id);
            }
        }
    }

    /// Tells who sees the conversation that somebody types there, but not the typist.
    pub(crate) fn set_typing(&mut self, typing: &Typing, on: bool, now: Timestamp) -> Spread {
        let spread = self.typists.set(typing, on, now);
        if spread.here {
            self.tell_typing(typing, on);
        }
        spread
    }

    pub(crate) fn set_viewing(&mut self, id: SocketId, viewing: Option<(ConversationId, Place)>) {
        let Some(Access::Staff(staff)) = self.staff.get(&id).map(|socket| &socket.access) else {
            return;
        };
        let user = staff.user_id;
        self.change_user(user, |sockets| {
            if let Some(socket) = sockets.staff.get_mut(&id) {
                socket.viewing = viewing;
            }
            if sockets.users.has(user) {
                sockets.news.user(user);
            }
        });
        if let (Some((_, place)), Some(socket)) = (viewing, self.staff.get(&id)) {
            let state = self.contact_state((place.contact_id, place.inbox_id));
            let note = Note::ContactPresence { contact_id: place.contact_id, state };
            socket.line.outbox.push_passing(Frame::note(&note));
        }
    }

    pub(crate) fn set_away(&mut self, user: UserId, is_away: bool) {
        self.change_user(user, |sockets| {
            if sockets.users.has(user) {
                sockets.users.set_away(user, is_away);
                sockets.elsewhere.set_away(user, is_away);
                sockets.news.user(user);
                sockets.news.away(user, is_away);
            }
        });
    }

    /// On any node.
    pub(crate) fn user_state(&self, user: UserId) -> PresenceState {
        self.users.state(user).or(self.elsewhere.user_state(user))
    }

    fn contact_state(&self, who: (ContactId, InboxId)) -> PresenceState {
        self.contacts.state(who).or(self.elsewhere.contact_state(who))
    }

    /// Whether a person who serves the inbox is there and not away.
    pub(crate) fn is_served(&self, inbox: InboxId) -> bool {
        let here = self.staff.values().filter(|socket| socket.is_attending());
        let here = here.filter_map(|socket| match &socket.access {
            Access::Staff(staff) if staff.sees_inbox(inbox) => Some(staff.user_id),
            Access::Staff(_) | Access::Visitor(_) => None,
        });
        let mut serving = here.chain(self.elsewhere.who_sees(inbox));
        serving.any(|user| self.user_state(user) == PresenceState::Online)
    }

    pub(crate) fn sweep(&mut self, now: Timestamp) {
        self.sweep_attendance(now);
        for user in self.users.sweep(now) {
            self.news.user(user);
            self.tell_user_presence(user);
        }
        for who in self.contacts.sweep(now) {
            self.news.contact(who);
            self.tell_contact_presence(who);
        }
        for typing in self.typists.sweep(now) {
            self.tell_typing(&typing, false);
        }
        self.sweep_elsewhere(now);
    }

    /// Changes something about a person, and tells what others then see of them that they did not.
    fn change_user(&mut self, user: UserId, change: impl FnOnce(&mut Self)) {
        let before = self.shown(user);
        change(self);
        let after = self.shown(user);
        if before.state != after.state {
            self.tell_user_presence(user);
        }
        for inbox in before.viewing.keys().chain(after.viewing.keys()).collect::<HashSet<_>>() {
            let viewing = after.viewing.get(inbox);
            if before.viewing.get(inbox) != viewing {
                self.tell_viewing(user, *inbox, viewing.copied());
            }
        }
    }

    /// Like [`AccountSockets::change_user`], about a contact.
    fn change_contact(&mut self, who: (ContactId, InboxId), change: impl FnOnce(&mut Self)) {
        let before = self.contact_state(who);
        change(self);
        if self.contact_state(who) != before {
            self.tell_contact_presence(who);
        }
    }

    fn shown(&self, user: UserId) -> Shown {
        let mut viewing = BTreeMap::new();
        for (conversation, inbox) in self.viewing_of(user) {
            let newest = viewing.entry(inbox).or_insert(conversation);
            *newest = conversation.max(*newest);
        }
        Shown { state: self.user_state(user), viewing }
    }

    /// What a person looks at, in all windows everywhere.
    fn viewing_of(&self, user: UserId) -> impl Iterator<Item = (ConversationId, InboxId)> {
        let here = self.viewing_here().filter(move |(who, _, _)| *who == user);
        here.map(|(_, conversation, inbox)| (conversation, inbox))
            .chain(self.elsewhere.viewing_of(user))
    }

    fn viewing_here(&self) -> impl Iterator<Item = (UserId, ConversationId, InboxId)> {
        self.staff.values().filter_map(|socket| {
            let (conversation, place) = socket.viewing?;
            let Access::Staff(staff) = &socket.access else { return None };
            Some((staff.user_id, conversation, place.inbox_id))
        })
    }

    /// Who is there and looks at what, for a socket that joins.
    fn greeting(&self, staff: &StaffAccess) -> Vec<Frame> {
        let users: HashSet<UserId> =
            self.users.all().map(|(user, _)| user).chain(self.elsewhere.users()).collect();
        let contacts: HashSet<(ContactId, InboxId)> = self
            .contacts
            .all()
            .map(|(who, _)| who)
            .chain(self.elsewhere.contacts())
            .filter(|(_, inbox)| staff.sees_inbox(*inbox))
            .take(GREETING_CONTACTS_MAX)
            .collect();
        let elsewhere = self.elsewhere.users().flat_map(|user| {
            self.elsewhere.viewing_of(user).map(move |(seen, inbox)| (user, seen, inbox))
        });
        let viewing = self.viewing_here().chain(elsewhere);
        let viewing = viewing.filter(|(_, _, inbox)| staff.sees_inbox(*inbox));
        let viewing = viewing.map(|(user_id, conversation, _)| Note::Viewing {
            conversation_id: Some(conversation),
            user_id,
        });
        let contacts = contacts
            .into_iter()
            .map(|who| Note::ContactPresence { contact_id: who.0, state: self.contact_state(who) });
        let users = users.into_iter().filter(|_| staff.rights.has(Permission::SettingsRead));
        let users =
            users.map(|user_id| Note::UserPresence { user_id, state: self.user_state(user_id) });
        users.chain(contacts).chain(viewing).map(|note| Frame::note(&note)).collect()
    }

    fn tell_user_presence(&self, user_id: UserId) {
        let frame = Frame::note(&Note::UserPresence { user_id, state: self.user_state(user_id) });
        self.tell_staff(&frame, |staff| staff.rights.has(Permission::SettingsRead));
    }

    fn tell_contact_presence(&self, who: (ContactId, InboxId)) {
        let (contact_id, inbox) = who;
        let state = self.contact_state(who);
        let frame = Frame::note(&Note::ContactPresence { contact_id, state });
        self.tell_staff(&frame, |staff| staff.sees_inbox(inbox));
    }

    /// What the person looks at now; told to those who see the inbox.
    fn tell_viewing(&self, user_id: UserId, inbox: InboxId, seen: Option<ConversationId>) {
        let frame = Frame::note(&Note::Viewing { conversation_id: seen, user_id });
        self.tell_staff(&frame, |staff| staff.user_id != user_id && staff.sees_inbox(inbox));
    }

    fn tell_typing(&self, Typing { conversation_id, place, who }: &Typing, on: bool) {
        let note = |who| Frame::note(&Note::Typing { conversation_id: *conversation_id, who, on });
        let typist = match who {
            Typist::Agent { id, .. } => *id,
            Typist::Customer { .. } => None,
        };
        self.tell_staff(&note(who), |staff| {
            Some(staff.user_id) != typist && staff.sees_inbox(place.inbox_id)
        });
        if let Typist::Agent { name, .. } = who {
            let frame = note(&Typist::Agent { id: None, name: name.clone() });
            for socket in self.in_room(Some(place.room_id)) {
                socket.line.outbox.push_passing(frame.clone());
            }
        }
    }

    fn tell_staff(&self, frame: &Frame, is_for: impl Fn(&StaffAccess) -> bool) {
        for socket in self.staff.values() {
            if matches!(&socket.access, Access::Staff(staff) if is_for(staff)) {
                socket.line.outbox.push_passing(frame.clone());
            }
        }
    }

    fn in_room(&self, room: Option<RoomId>) -> impl Iterator<Item = &Socket> {
        let ids = room.and_then(|room| self.rooms.get(&room));
        ids.into_iter().flatten().filter_map(|id| self.visitors.get(id))
    }

    fn leave_room(&mut self, id: SocketId, room: Option<RoomId>) {
        let Some(room) = room else { return };
        if let Some(ids) = self.rooms.get_mut(&room) {
            ids.retain(|other| *other != id);
            if ids.is_empty() {
                self.rooms.remove(&room);
            }
        }
    }
}
