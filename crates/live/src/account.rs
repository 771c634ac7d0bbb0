//! The sockets of one account: delivery, and what is only worth something now.

use std::cell::OnceCell;
use std::collections::HashMap;

use tertulia_domain::access::Permission;
use tertulia_domain::{ContactId, ConversationId, InboxId, RoomId, Timestamp, UserId};
use tertulia_store::events::{Cursor, Event};
use tertulia_store::sockets::Place;

use crate::frame::{Frame, Note};
use crate::presence::Presence;
use crate::registry::{Socket, SocketCounts, SocketId, room_of};
use crate::typing::{Typing, Typists};
use crate::{Access, Credential, PresenceState, Shapes, StaffAccess, Typist};

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
}

impl AccountSockets {
    pub(crate) fn insert(&mut self, id: SocketId, socket: Socket) -> Vec<Frame> {
        match &socket.access {
            Access::Staff(staff) => {
                let user = staff.user_id;
                if is_person(&socket) && self.users.arrive(user) {
                    self.tell_user_presence(user);
                }
                let greeting = self.greeting(staff);
                self.staff.insert(id, socket);
                greeting
            }
            Access::Visitor(visitor) => {
                let (contact, inbox) = (visitor.contact_id, visitor.inbox_id);
                if let Some(room) = visitor.room_id {
                    self.rooms.entry(room).or_default().push(id);
                }
                self.visitors.insert(id, socket);
                if self.contacts.arrive((contact, inbox)) {
                    self.tell_contact_presence(contact, inbox);
                }
                Vec::new()
            }
        }
    }

    pub(crate) fn remove(&mut self, id: SocketId, now: Timestamp) {
        if let Some(socket) = self.staff.remove(&id)
            && let Access::Staff(staff) = &socket.access
        {
            if is_person(&socket) {
                self.users.leave(staff.user_id, now);
            }
            if let Some((_, place)) = socket.viewing {
                self.tell_viewing(staff.user_id, place.inbox_id);
            }
        }
        if let Some(socket) = self.visitors.remove(&id)
            && let Access::Visitor(visitor) = &socket.access
        {
            self.leave_room(id, visitor.room_id);
            self.contacts.leave((visitor.contact_id, visitor.inbox_id), now);
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
    pub(crate) fn set_typing(&mut self, typing: &Typing, on: bool, now: Timestamp) {
        if self.typists.set(typing, on, now) {
            self.tell_typing(typing, on);
        }
    }

    pub(crate) fn set_viewing(&mut self, id: SocketId, viewing: Option<(ConversationId, Place)>) {
        let Some(socket) = self.staff.get_mut(&id) else { return };
        let Access::Staff(staff) = &socket.access else { return };
        let (user, before) = (staff.user_id, std::mem::replace(&mut socket.viewing, viewing));
        let inboxes = [before, viewing].map(|seen| seen.map(|(_, place)| place.inbox_id));
        let [left, entered] = inboxes;
        if let Some(inbox) = left.filter(|_| left != entered) {
            self.tell_viewing(user, inbox);
        }
        if let Some(inbox) = entered {
            self.tell_viewing(user, inbox);
        }
        if let (Some((_, place)), Some(socket)) = (viewing, self.staff.get(&id)) {
            let who = (place.contact_id, place.inbox_id);
            let state = self.contacts.state(who);
            let note = Note::ContactPresence { contact_id: place.contact_id, state };
            socket.line.outbox.push_passing(Frame::note(&note));
        }
    }

    pub(crate) fn set_away(&mut self, user: UserId, is_away: bool) {
        if self.users.set_away(user, is_away) {
            self.tell_user_presence(user);
        }
    }

    pub(crate) fn user_state(&self, user: UserId) -> PresenceState {
        self.users.state(user)
    }

    /// Whether a person who serves the inbox is there and not away.
    pub(crate) fn is_served(&self, inbox: InboxId) -> bool {
        self.staff.values().filter(|socket| is_person(socket)).any(|socket| match &socket.access {
            Access::Staff(staff) => {
                staff.sees_inbox(inbox) && self.users.state(staff.user_id) == PresenceState::Online
            }
            Access::Visitor(_) => false,
        })
    }

    pub(crate) fn sweep(&mut self, now: Timestamp) {
        for user in self.users.sweep(now) {
            self.tell_user_presence(user);
        }
        for (contact, inbox) in self.contacts.sweep(now) {
            self.tell_contact_presence(contact, inbox);
        }
        for typing in self.typists.sweep(now) {
            self.tell_typing(&typing, false);
        }
    }

    /// Who is there and looks at what, for a socket that joins.
    fn greeting(&self, staff: &StaffAccess) -> Vec<Frame> {
        let users = self.users.all().map(|(user_id, state)| Note::UserPresence { user_id, state });
        let contacts = self
            .contacts
            .all()
            .filter(|((_, inbox), _)| staff.sees_inbox(*inbox))
            .map(|((contact_id, _), state)| Note::ContactPresence { contact_id, state })
            .take(GREETING_CONTACTS_MAX);
        let viewing = self.staff.values().filter_map(|socket| {
            let (conversation, place) = socket.viewing?;
            let Access::Staff(viewer) = &socket.access else { return None };
            let note =
                Note::Viewing { conversation_id: Some(conversation), user_id: viewer.user_id };
            staff.sees_inbox(place.inbox_id).then_some(note)
        });
        let users = users.filter(|_| staff.rights.has(Permission::SettingsRead));
        users.chain(contacts).chain(viewing).map(|note| Frame::note(&note)).collect()
    }

    fn tell_user_presence(&self, user_id: UserId) {
        let frame = Frame::note(&Note::UserPresence { user_id, state: self.users.state(user_id) });
        self.tell_staff(&frame, |staff| staff.rights.has(Permission::SettingsRead));
    }

    fn tell_contact_presence(&self, contact_id: ContactId, inbox: InboxId) {
        let state = self.contacts.state((contact_id, inbox));
        let frame = Frame::note(&Note::ContactPresence { contact_id, state });
        self.tell_staff(&frame, |staff| staff.sees_inbox(inbox));
    }

    /// What the person looks at now, in any of its windows; told to those who see the inbox.
    fn tell_viewing(&self, user_id: UserId, inbox: InboxId) {
        let mine =
            |socket: &&Socket| matches!(&socket.access, Access::Staff(s) if s.user_id == user_id);
        let viewing = self.staff.values().filter(mine).filter_map(|socket| socket.viewing);
        let conversation_id = viewing
            .filter(|(_, place)| place.inbox_id == inbox)
            .map(|(conversation, _)| conversation)
            .max();
        let frame = Frame::note(&Note::Viewing { conversation_id, user_id });
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

/// Programs are never "there".
fn is_person(socket: &Socket) -> bool {
    matches!(socket.credential, Credential::Session { .. })
}
