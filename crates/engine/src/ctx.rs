//! Who asks, on whose behalf, and what they may do.

use tertulia_domain::access::{self, Permission};
use tertulia_domain::actor::{Actor, ActorKind};
use tertulia_domain::message::{Sender, SenderKind};
use tertulia_domain::user::Role;
use tertulia_domain::{
    AccountId, AppId, ContactId, IdentityId, InboxId, RoomId, SessionId, TokenId, UserId,
};

use tertulia_store::conversations::Viewer;

use crate::{Error, Result};

/// The context of one request.
#[derive(Debug, Clone, PartialEq)]
pub struct Ctx {
    pub account_id: AccountId,
    pub access: Access,
    /// The name of the principal at this moment, for the journal.
    pub name: String,
    /// The signed-in browser that asks, when it is one.
    pub session: Option<SessionId>,
    pub request_id: Option<String>,
    pub idempotency: Option<Idempotency>,
}

/// What kind of principal asks, with what decides its rights.
#[derive(Debug, Clone, PartialEq)]
pub enum Access {
    /// Tertulia itself: timers, the command line, demo data.
    System,
    /// A signed-in person.
    User { id: UserId, role: Role },
    /// A program. It acts on behalf of the person who made it and can do no more than that person.
    Token { id: TokenId, user: UserId, role: Role, scopes: Vec<Permission> },
    /// An app that is installed in the account; it can do what its scopes say.
    App { id: AppId, scopes: Vec<Permission> },
    /// A visitor of a website, through the widget.
    Visitor { inbox: InboxId, identity: IdentityId, contact: ContactId, room: Option<RoomId> },
    /// A provider, through an inbox's hook.
    Channel { inbox: InboxId },
}

/// The idempotency key of a request, and the hash of method, path and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    pub key: String,
    pub fingerprint: String,
}

impl Ctx {
    /// A principal in an account, before anything is known about its request.
    #[must_use]
    pub fn new(account_id: AccountId, access: Access, name: String) -> Self {
        Self { account_id, access, name, session: None, request_id: None, idempotency: None }
    }

    /// Tertulia itself, in one account.
    #[must_use]
    pub fn system(account_id: AccountId) -> Self {
        Self::new(account_id, Access::System, Actor::system().name)
    }

    /// Whether the principal has a permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        match &self.access {
            Access::System => true,
            Access::User { role, .. } => access::allows(*role, permission),
            Access::Token { role, scopes, .. } => {
                access::allows(*role, permission) && scopes.contains(&permission)
            }
            Access::App { scopes, .. } => scopes.contains(&permission),
            Access::Visitor { .. } | Access::Channel { .. } => false,
        }
    }

    /// Refuses unless the principal has a permission.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            return Ok(());
        }
        match &self.access {
            Access::Token { role, .. } if access::allows(*role, permission) => {
                Err(Error::ScopeMissing { scope: permission.as_str() })
            }
            Access::App { .. } => Err(Error::ScopeMissing { scope: permission.as_str() }),
            _ => Err(Error::Forbidden { permission: permission.as_str() }),
        }
    }

    /// The person behind the request, if there is one.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        match &self.access {
            Access::User { id, .. } => Some(*id),
            Access::Token { user, .. } => Some(*user),
            Access::System
            | Access::App { .. }
            | Access::Visitor { .. }
            | Access::Channel { .. } => None,
        }
    }

    /// The app behind the request, if it is one.
    #[must_use]
    pub fn app(&self) -> Option<AppId> {
        match &self.access {
            Access::App { id, .. } => Some(*id),
            Access::System
            | Access::User { .. }
            | Access::Token { .. }
            | Access::Visitor { .. }
            | Access::Channel { .. } => None,
        }
    }

    /// The person at a browser; programs may not touch what only the person decides.
    pub fn browser(&self) -> Result<(UserId, SessionId)> {
        if let (Access::User { id, .. }, Some(session)) = (&self.access, self.session) {
            return Ok((*id, session));
        }
        let detail = "Only a signed-in person may do this.".to_owned();
        Err(Error::Unauthenticated { code: "session_required", detail })
    }

    /// The same principal without the request's idempotency key, for requests that carry or answer
    /// a password: neither its fingerprint nor the answer may be stored.
    #[must_use]
    pub(crate) fn unrepeatable(&self) -> Self {
        Self { idempotency: None, ..self.clone() }
    }

    /// Whose eyes look at conversations.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        let all_inboxes = self.may(Permission::InboxesAll);
        Viewer { user: self.user(), app: self.app(), all_inboxes }
    }

    /// The principal as the writer of a message.
    pub(crate) fn sender(&self) -> Sender {
        let (kind, id) = match &self.access {
            Access::System | Access::Channel { .. } => (SenderKind::System, None),
            Access::User { id, .. } | Access::Token { user: id, .. } => {
                (SenderKind::Agent, Some(id.0))
            }
            Access::App { id, .. } => (SenderKind::App, Some(id.0)),
            Access::Visitor { contact, .. } => (SenderKind::Customer, Some(contact.0)),
        };
        Sender { kind, id, name: self.name.clone() }
    }

    /// The principal as the journal keeps it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let (kind, id) = match &self.access {
            Access::System => (ActorKind::System, None),
            Access::User { id, .. } => (ActorKind::User, Some(id.0)),
            Access::Token { id, .. } => (ActorKind::Token, Some(id.0)),
            Access::App { id, .. } => (ActorKind::App, Some(id.0)),
            Access::Visitor { contact, .. } => (ActorKind::Contact, Some(contact.0)),
            Access::Channel { inbox } => (ActorKind::Inbox, Some(inbox.0)),
        };
        Actor { kind, id, name: self.name.clone() }
    }

    /// The principal as the scope of its idempotency keys.
    #[must_use]
    pub fn principal(&self) -> String {
        match &self.access {
            Access::System => "system".to_owned(),
            Access::User { id, .. } => format!("user:{id}"),
            Access::Token { id, .. } => format!("token:{id}"),
            Access::App { id, .. } => format!("app:{id}"),
            Access::Visitor { identity, .. } => format!("identity:{identity}"),
            Access::Channel { inbox } => format!("inbox:{inbox}"),
        }
    }
}
