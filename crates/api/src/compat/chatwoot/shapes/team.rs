//! A team, whole and inside another thing.

use serde_json::{Value, json};
use tertulia_domain::AccountId;
use tertulia_domain::UserId;
use tertulia_engine::views::{TeamBrief, TeamView};

/// `{id, name}`.
pub(crate) fn brief(team: &TeamBrief) -> Value {
    json!({"id": team.id, "name": team.name})
}

/// A team of the account; `is_member` is about who asks.
pub(crate) fn rest(account: AccountId, team: &TeamView, me: Option<UserId>) -> Value {
    json!({
        "id": team.id,
        "name": team.name,
        "description": team.description,
        // Nobody is assigned to anything by itself here.
        "allow_auto_assign": false,
        "account_id": account,
        "is_member": me.is_some_and(|me| team.member_ids.contains(&me)),
    })
}
