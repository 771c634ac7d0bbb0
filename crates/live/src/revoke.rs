//! Which sockets an event puts in doubt: their access is read anew before anything else goes out.

use serde::Deserialize;
use tertulia_domain::event::EventKind;
use tertulia_domain::{AccountId, InboxId};
use tertulia_store::events::Event;

use crate::registry::Socket;
use crate::{Access, Credential};

/// The sockets that an event concerns. Too many cost a read, too few would leave a door open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// A person, session or token with this number, in whatever account; `None`: all of the account.
    Staff(AccountId, Option<i64>),
    /// Everybody who is there because of an inbox; `None`: all inboxes of the account.
    Inbox(AccountId, Option<InboxId>),
    /// A visitor whose contact or identity has this number; `None`: all of the account.
    Visitor(AccountId, Option<i64>),
}

/// What a merge says, as far as it matters here: who is no more.
#[derive(Deserialize)]
struct Merged {
    contact_id: i64,
}

/// Whose access may have changed by this event.
pub(crate) fn doubt(event: &Event) -> Option<Doubt> {
    let (account, kind) = (event.account_id, event.kind);
    if matches!(
        kind,
        EventKind::PasswordChanged
            | EventKind::SessionRevoked
            | EventKind::TokenRevoked
            | EventKind::TotpDisabled
            | EventKind::TotpEnabled
            | EventKind::UserDeleted
            | EventKind::UserUpdated
    ) {
        return Some(Doubt::Staff(account, event.subject_id));
    }
    if matches!(kind, EventKind::InboxCreated | EventKind::InboxDeleted | EventKind::InboxUpdated) {
        return Some(Doubt::Inbox(account, event.inbox_id));
    }
    if matches!(
        kind,
        EventKind::ContactBlocked | EventKind::ContactErased | EventKind::VisitorRevoked
    ) {
        return Some(Doubt::Visitor(account, event.subject_id));
    }
    if kind == EventKind::ContactMerged {
        // The one that is no more is in the data, whichever of the two the event is about.
        let merged = event.data.read::<Merged>().ok().map(|merged| merged.contact_id);
        return Some(Doubt::Visitor(account, merged));
    }
    None
}

impl Doubt {
    pub(crate) fn concerns(self, socket: &Socket) -> bool {
        match (self, &socket.access) {
            (Doubt::Staff(account, None), Access::Staff(_)) => {
                socket.credential.account() == account
            }
            (Doubt::Staff(_, Some(number)), Access::Staff(staff)) => {
                staff.user_id.0 == number || credential_number(&socket.credential) == Some(number)
            }
            (Doubt::Inbox(account, _), Access::Staff(_)) => socket.credential.account() == account,
            (Doubt::Inbox(account, inbox), Access::Visitor(visitor)) => {
                socket.credential.account() == account
                    && inbox.is_none_or(|inbox| inbox == visitor.inbox_id)
            }
            (Doubt::Visitor(account, number), Access::Visitor(visitor)) => {
                let numbers = [visitor.contact_id.0, visitor.identity_id.0];
                socket.credential.account() == account
                    && number.is_none_or(|number| numbers.contains(&number))
            }
            (Doubt::Staff(..), Access::Visitor(_)) | (Doubt::Visitor(..), Access::Staff(_)) => {
                false
            }
        }
    }
}

fn credential_number(credential: &Credential) -> Option<i64> {
    match credential {
        Credential::Session { session, .. } => Some(session.0),
        Credential::Token { token, .. } => Some(token.0),
        Credential::Visitor { .. } | Credential::Customer { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::tests::event;
    use crate::registry::tests::session_socket;

    #[test]
    fn the_session_its_person_and_nobody_else_is_doubted() {
        let (socket, _) = session_socket();
        let about = |kind, subject| {
            let event = Event { subject_id: subject, ..event(kind, None, None) };
            doubt(&event).is_some_and(|doubt| doubt.concerns(&socket))
        };
        assert!(about(EventKind::SessionRevoked, Some(3)));
        assert!(about(EventKind::UserUpdated, Some(7)));
        assert!(about(EventKind::UserUpdated, None), "an event that names nobody concerns all");
        assert!(about(EventKind::InboxUpdated, None));
        assert!(!about(EventKind::SessionRevoked, Some(4)));
        assert!(!about(EventKind::VisitorRevoked, None));
        assert!(!about(EventKind::MessageCreated, None));
    }

    #[test]
    fn a_session_is_revoked_in_whatever_account_its_socket_is() {
        let (socket, _) = session_socket();
        let elsewhere = Event {
            account_id: AccountId(99),
            subject_id: Some(3),
            ..event(EventKind::SessionRevoked, None, None)
        };
        assert!(doubt(&elsewhere).is_some_and(|doubt| doubt.concerns(&socket)));
    }
}
