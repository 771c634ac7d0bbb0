//! An account is a tenant: one business, with everything that belongs to it.

use crate::closed::closed_enum;
use crate::{AccountId, LabelId, TeamId, Timestamp, UserId};

closed_enum! {
    /// How many conversations of one contact may be open at once.
    ConversationPolicy {
        /// One for the contact, over all inboxes.
        Contact = "contact",
        /// One for the contact on each inbox.
        ContactInbox = "contact_inbox",
    }
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    pub locale: String,
    pub conversation_policy: ConversationPolicy,
    pub created_at: Timestamp,
}

/// A group of users that conversations can be assigned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub description: String,
    pub member_ids: Vec<UserId>,
}

/// A label of conversations and contacts; `color` is `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub id: LabelId,
    pub name: String,
    pub color: String,
    pub description: String,
}
