//! Who sees which event: the one decision for live delivery and for replay.

use tertulia_domain::access::{Permission, allows};
use tertulia_domain::event::Audience;
use tertulia_domain::user::Role;
use tertulia_domain::{ContactId, IdentityId, InboxId, RoomId, Timestamp, UserId};
use tertulia_store::events::Event;

/// What a socket may see at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    Staff(StaffAccess),
    Visitor(VisitorAccess),
}

/// A person of the account, or a program that acts for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffAccess {
    pub user_id: UserId,
    pub name: String,
    pub rights: Rights,
    /// Inboxes that the person is a member of, ascending; only asked when not all may be seen.
    pub inbox_ids: Vec<InboxId>,
    pub expires_at: Option<Timestamp>,
}

/// A visitor of a website, and its room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorAccess {
    pub inbox_id: InboxId,
    pub identity_id: IdentityId,
    pub contact_id: ContactId,
    pub name: String,
    pub room_id: Option<RoomId>,
}

/// The permissions of a role, cut down to the scopes of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights(u32);

impl Rights {
    /// `scopes`: `None` for a person, whose role alone decides.
    #[must_use]
    pub fn new(role: Role, scopes: Option<&[Permission]>) -> Self {
        let held = Permission::ALL.iter().filter(|&&permission| {
            allows(role, permission) && scopes.is_none_or(|scopes| scopes.contains(&permission))
        });
        Self(held.fold(0, |bits, &permission| bits | bit(permission)))
    }

    #[must_use]
    pub fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }
}

fn bit(permission: Permission) -> u32 {
    1 << (permission as u32)
}

impl Access {
    /// Whether an event of the same account is for this socket.
    #[must_use]
    pub fn sees(&self, event: &Event) -> bool {
        match self {
            Access::Staff(staff) => staff.sees(event),
            Access::Visitor(visitor) => visitor.sees(event),
        }
    }
}

impl StaffAccess {
    /// Whether conversations of an inbox are visible.
    #[must_use]
    pub fn sees_inbox(&self, inbox: InboxId) -> bool {
        self.rights.has(Permission::ConversationsRead)
            && (self.rights.has(Permission::InboxesAll)
                || self.inbox_ids.binary_search(&inbox).is_ok())
    }

    fn sees(&self, event: &Event) -> bool {
        let needed = event.kind.permission();
        match (needed, event.inbox_id) {
            // An event of a conversation that names no inbox is a mistake of ours: show it to nobody.
            (Permission::ConversationsRead, inbox) => inbox.is_some_and(|id| self.sees_inbox(id)),
            (permission, _) => self.rights.has(permission),
        }
    }
}

impl VisitorAccess {
    fn sees(&self, event: &Event) -> bool {
        event.audience == Audience::Everyone
            && self.room_id.is_some()
            && event.room_id == self.room_id
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::Value;
    use tertulia_domain::actor::Actor;
    use tertulia_domain::event::EventKind;
    use tertulia_domain::{AccountId, ConversationId, EventId};
    use tertulia_store::Json;

    use super::*;

    pub(crate) fn event(kind: EventKind, inbox: Option<i64>, room: Option<i64>) -> Event {
        Event {
            id: EventId(1),
            account_id: AccountId(1),
            cursor: "0.1".parse().unwrap(),
            kind,
            audience: Audience::Staff,
            room_id: room.map(RoomId),
            conversation_id: room.map(ConversationId),
            inbox_id: inbox.map(InboxId),
            subject_id: None,
            actor: Actor::system(),
            reason: None,
            request_id: None,
            data: Json::from(Value::Null),
            at: Timestamp(0),
        }
    }

    pub(crate) fn staff(role: Role, scopes: Option<&[Permission]>, inboxes: &[i64]) -> StaffAccess {
        StaffAccess {
            user_id: UserId(7),
            name: "Ana".to_owned(),
            rights: Rights::new(role, scopes),
            inbox_ids: inboxes.iter().map(|&id| InboxId(id)).collect(),
            expires_at: None,
        }
    }

    pub(crate) fn visitor(room: Option<i64>) -> VisitorAccess {
        VisitorAccess {
            inbox_id: InboxId(1),
            identity_id: IdentityId(5),
            contact_id: ContactId(9),
            name: "Visitor".to_owned(),
            room_id: room.map(RoomId),
        }
    }

    #[test]
    fn an_agent_sees_the_conversations_of_its_inboxes_only() {
        let agent = staff(Role::Agent, None, &[1, 3]);
        for (inbox, expected) in [(Some(1), true), (Some(3), true), (Some(2), false), (None, false)]
        {
            let created = event(EventKind::MessageCreated, inbox, Some(1));
            assert_eq!(agent.sees(&created), expected, "inbox {inbox:?}");
        }
    }

    #[test]
    fn a_supervisor_sees_every_conversation_and_the_audit_trail_an_agent_does_not() {
        let (agent, supervisor) =
            (staff(Role::Agent, None, &[]), staff(Role::Supervisor, None, &[]));
        assert!(supervisor.sees(&event(EventKind::MessageCreated, Some(2), Some(1))));
        let audit = event(EventKind::TokenCreated, None, None);
        assert!(supervisor.sees(&audit) && !agent.sees(&audit));
        let settings = event(EventKind::TeamUpdated, None, None);
        assert!(supervisor.sees(&settings) && agent.sees(&settings));
    }

    #[test]
    fn a_token_sees_what_its_scopes_and_its_person_allow() {
        use Permission as P;
        let message = event(EventKind::MessageCreated, Some(1), Some(1));
        let cases: [(Role, &[Permission], &[i64], bool); 5] = [
            (Role::Administrator, &[P::ConversationsRead, P::InboxesAll], &[], true),
            (Role::Administrator, &[P::ConversationsRead], &[], false),
            (Role::Administrator, &[P::ConversationsRead], &[1], true),
            (Role::Agent, &[P::ConversationsRead, P::InboxesAll], &[], false),
            (Role::Administrator, &[P::ContactsRead, P::InboxesAll], &[1], false),
        ];
        for (role, scopes, inboxes, expected) in cases {
            let token = staff(role, Some(scopes), inboxes);
            assert_eq!(token.sees(&message), expected, "{role} {scopes:?} {inboxes:?}");
        }
    }

    #[test]
    fn a_visitor_sees_only_what_is_for_everyone_in_its_own_room() {
        let everyone = |room| Event {
            audience: Audience::Everyone,
            ..event(EventKind::MessageCreated, Some(1), room)
        };
        assert!(visitor(Some(4)).sees(&everyone(Some(4))));
        assert!(!visitor(Some(4)).sees(&everyone(Some(5))), "somebody else's room");
        assert!(
            !visitor(Some(4)).sees(&event(EventKind::MessageCreated, Some(1), Some(4))),
            "note"
        );
        assert!(!visitor(None).sees(&everyone(None)), "no room is not a room");
    }
}
