//! From a credential to what it may see, read from the database at this moment.

use tertulia_domain::{AccountId, IdentityId, Timestamp};
use tertulia_store::{ReadTx, Result, sockets, visitors};

use crate::join::{TOPICS_MAX, Topics};
use crate::{Access, Credential, Join, Refusal, Rights, StaffAccess, Topic, VisitorAccess};

/// What a join comes to.
pub(crate) struct Resolved {
    pub access: Access,
    pub topics: Topics,
    /// The accepted topics as the client wrote them.
    pub accepted: Vec<String>,
    pub refused: Vec<String>,
}

/// Reads a credential's access. The outer error is the database's, the inner one is the answer.
pub(crate) fn access(
    tx: &mut ReadTx<'_>,
    credential: &Credential,
    now: Timestamp,
) -> Result<Result<Access, Refusal>> {
    let found = match credential {
        Credential::Session { account, user, session } => {
            sockets::by_session(tx, *account, *session, now)?.filter(|row| row.user_id == *user)
        }
        Credential::Token { account, user, token } => {
            sockets::by_token(tx, *account, *token, now)?.filter(|row| row.user_id == *user)
        }
        Credential::Visitor { token_hash, .. } => return visitor(tx, credential, token_hash),
        Credential::Customer { account, identity } => return customer(tx, *account, *identity),
    };
    Ok(found
        .map(|row| {
            Access::Staff(StaffAccess {
                user_id: row.user_id,
                rights: Rights::new(row.role, row.scopes.as_deref()),
                name: row.name,
                inbox_ids: row.inbox_ids,
                expires_at: row.expires_at,
            })
        })
        .ok_or(Refusal::SignedOut))
}

fn visitor(
    tx: &mut ReadTx<'_>,
    credential: &Credential,
    token_hash: &str,
) -> Result<Result<Access, Refusal>> {
    let found = visitors::by_token(tx, token_hash)?
        .filter(|visitor| visitor.account_id == credential.account());
    let Some(visitor) = found else { return Ok(Err(Refusal::SignedOut)) };
    if visitor.blocked {
        return Ok(Err(Refusal::Blocked));
    }
    if visitor.settings.enforce_identity && !visitor.verified {
        return Ok(Err(Refusal::IdentityRequired));
    }
    Ok(Ok(Access::Visitor(VisitorAccess {
        inbox_id: visitor.inbox_id,
        identity_id: visitor.identity_id,
        contact_id: visitor.contact_id,
        name: visitor.contact_name,
        room_id: visitor.room_id,
    })))
}

fn customer(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    identity: IdentityId,
) -> Result<Result<Access, Refusal>> {
    let Some(customer) = sockets::by_identity(tx, account, identity)? else {
        return Ok(Err(Refusal::SignedOut));
    };
    if customer.blocked {
        return Ok(Err(Refusal::Blocked));
    }
    Ok(Ok(Access::Visitor(VisitorAccess {
        inbox_id: customer.inbox_id,
        identity_id: identity,
        contact_id: customer.contact_id,
        name: customer.contact_name,
        room_id: customer.room_id,
    })))
}

/// Reads a join's access and decides its topics one by one.
pub(crate) fn join(
    tx: &mut ReadTx<'_>,
    join: &Join,
    now: Timestamp,
) -> Result<Result<Resolved, Refusal>> {
    let access = match access(tx, &join.credential, now)? {
        Ok(access) => access,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Access::Staff(staff) = &access else {
        let (accepted, refused) = (Vec::new(), Vec::new());
        return Ok(Ok(Resolved { access, topics: Topics::All, accepted, refused }));
    };
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    let mut is_account = false;
    let mut conversations = Vec::new();
    for (index, text) in join.topics.iter().enumerate() {
        let topic = text.parse::<Topic>();
        let is_visible = match topic {
            _ if index >= TOPICS_MAX => false,
            Err(()) => false,
            Ok(Topic::Account) => true,
            Ok(Topic::Conversation(id)) => sockets::place(tx, join.credential.account(), id)?
                .is_some_and(|place| staff.sees_inbox(place.inbox_id)),
        };
        match topic {
            Ok(Topic::Account) if is_visible => is_account = true,
            Ok(Topic::Conversation(id)) if is_visible => conversations.push(id),
            Ok(_) | Err(()) => {}
        }
        if is_visible { &mut accepted } else { &mut refused }.push(text.clone());
    }
    let topics = if is_account { Topics::All } else { Topics::Conversations(conversations) };
    Ok(Ok(Resolved { access, topics, accepted, refused }))
}
