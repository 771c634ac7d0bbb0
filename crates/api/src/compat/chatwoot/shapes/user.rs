//! A person who works for the account: an agent, in Chatwoot's words.

use serde_json::{Value, json};
use tertulia_domain::AccountId;
use tertulia_domain::UserId;
use tertulia_domain::user::{PresenceState, Role, User};

use super::Cast;

/// As the sender of a message and as an assignee.
pub(crate) fn push(cast: &Cast, id: UserId, name: &str) -> Value {
    json!({
        "id": id,
        "name": name,
        "available_name": name,
        "avatar_url": "",
        "type": "user",
        "availability_status": availability(cast.presence(id)),
        "thumbnail": "",
    })
}

/// As the sender of a message in a webhook.
pub(crate) fn webhook(cast: &Cast, id: UserId, name: &str) -> Value {
    let email = cast.users.get(&id).map(|user| user.email.as_str());
    json!({"id": id, "name": name, "email": email.unwrap_or_default(), "type": "user"})
}

/// A member of the account.
pub(crate) fn agent(account: AccountId, user: &User, presence: PresenceState) -> Value {
    json!({
        "id": user.id,
        "account_id": account,
        "availability_status": availability(presence),
        // Who closes the last page goes offline.
        "auto_offline": true,
        "confirmed": true,
        "email": user.email,
        "provider": "email",
        "available_name": user.name,
        "name": user.name,
        "role": role(user.role),
        "thumbnail": "",
        "custom_attributes": {},
        "custom_role_id": null,
    })
}

/// Chatwoot knows two roles; a supervisor may less than an administrator.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => "administrator",
        Role::Supervisor | Role::Agent => "agent",
    }
}

/// Whether somebody is there, in Chatwoot's words.
pub(crate) fn availability(presence: PresenceState) -> &'static str {
    match presence {
        PresenceState::Online => "online",
        PresenceState::Away => "busy",
        PresenceState::Offline => "offline",
    }
}
