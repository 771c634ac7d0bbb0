//! How an account, and a person's place in it, are shown.

use serde::{Deserialize, Serialize};
use tertulia_domain::access::Permission;
use tertulia_domain::account::{Account, ConversationPolicy};
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, Timestamp};
use utoipa::ToSchema;

use super::UserView;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    pub id: AccountId,
    pub name: String,
    pub locale: String,
    pub conversation_policy: ConversationPolicy,
    pub created_at: Timestamp,
}

/// An account inside another thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountBrief {
    pub id: AccountId,
    pub name: String,
    pub locale: String,
}

/// An account that a person may enter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Membership)]
pub struct MembershipView {
    pub id: AccountId,
    pub name: String,
    pub role: Role,
}

/// Who I am here, and what I may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Me)]
pub struct MeView {
    pub user: UserView,
    pub account: AccountBrief,
    pub accounts: Vec<MembershipView>,
    pub permissions: Vec<Permission>,
    /// Always null: writes are protected by their origin.
    pub csrf: Option<String>,
}

impl From<&Account> for AccountView {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id,
            name: account.name.clone(),
            locale: account.locale.clone(),
            conversation_policy: account.conversation_policy,
            created_at: account.created_at,
        }
    }
}

impl From<&Account> for AccountBrief {
    fn from(account: &Account) -> Self {
        Self { id: account.id, name: account.name.clone(), locale: account.locale.clone() }
    }
}
