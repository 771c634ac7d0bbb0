//! A user is a person who works for one or more accounts.

use crate::access::Permission;
use crate::closed::closed_enum;
use crate::{AccountId, InvitationId, SessionId, TeamId, Timestamp, TokenId, UserId};

closed_enum! {
    /// What a user is in an account.
    Role {
        /// Runs the account: people, inboxes, secrets.
        Administrator = "administrator",
        /// Sees and steers every conversation.
        Supervisor = "supervisor",
        /// Serves the conversations of the inboxes that it is a member of.
        Agent = "agent",
    }
}

closed_enum! {
    /// Whether a user, or a contact, is there.
    PresenceState {
        Online = "online",
        Away = "away",
        Offline = "offline",
    }
}

impl PresenceState {
    /// The state of somebody who is seen in two places: whoever is at one desk is there.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (PresenceState::Online, _) | (_, PresenceState::Online) => PresenceState::Online,
            (PresenceState::Away, _) | (_, PresenceState::Away) => PresenceState::Away,
            (PresenceState::Offline, PresenceState::Offline) => PresenceState::Offline,
        }
    }
}

closed_enum! {
    /// What a one-time link is good for.
    OneTimePurpose {
        /// Creates the first administrator.
        Setup = "setup",
        /// Chooses a new password.
        PasswordReset = "password_reset",
    }
}

/// A user as a member of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub locale: String,
    pub role: Role,
    pub active: bool,
    pub totp_enabled: bool,
    pub team_ids: Vec<TeamId>,
    pub created_at: Timestamp,
}

/// A signed-in browser; the secret itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub user_agent: String,
    pub ip: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// An API token; the secret itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    pub created_by: UserId,
    pub scopes: Vec<Permission>,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// An invitation of a person by e-mail address; the secret itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    pub invited_by: UserId,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
}

/// How a person proves who they are, over all accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    pub locale: String,
    /// `None`: has not chosen a password.
    pub password_hash: Option<String>,
    /// Base32; there before it is confirmed, too.
    pub totp_secret: Option<String>,
    pub totp_enabled: bool,
}
