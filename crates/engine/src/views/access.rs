//! How sessions, tokens and invitations are shown; a secret only in the answer that makes it.

use serde::{Deserialize, Serialize};
use tertulia_domain::access::Permission;
use tertulia_domain::user::{Invitation, Role, Session, Token};
use tertulia_domain::{InvitationId, SessionId, Timestamp, TokenId};
use utoipa::ToSchema;

/// A signed-in browser of mine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BrowserSession)]
pub struct BrowserSessionView {
    pub id: SessionId,
    pub user_agent: String,
    pub ip: String,
    /// It is the one that asks.
    pub current: bool,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// An API token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenView {
    pub id: TokenId,
    pub name: String,
    pub scopes: Vec<Permission>,
    /// The secret, once: in the first answer to the request that made it.
    pub token: Option<String>,
    pub last_used_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// An invitation that waits to be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationView {
    pub id: InvitationId,
    pub email: String,
    pub role: Role,
    /// The link to send, once: in the first answer to the request that made it.
    pub url: Option<String>,
    pub expires_at: Timestamp,
    pub created_at: Timestamp,
}

/// What the invited person sees before accepting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InvitationOffer)]
pub struct InvitationOfferView {
    pub account_name: String,
    pub email: String,
    pub role: Role,
    /// The person works for another account here already and proves it with the present password.
    pub has_password: bool,
    pub expires_at: Timestamp,
}

/// A link that lets a person choose a new password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PasswordReset)]
pub struct PasswordResetView {
    /// Once: in the first answer to the request that made it.
    pub url: Option<String>,
    pub expires_at: Timestamp,
}

/// A second factor that waits to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = TotpBegun)]
pub struct TotpBegunView {
    /// Base32, to type in by hand.
    pub secret: String,
    /// The same as an address, to show as a QR code.
    pub otpauth_url: String,
}

/// Codes that each replace the second factor once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RecoveryCodes)]
pub struct RecoveryCodesView {
    pub recovery_codes: Vec<String>,
}

impl BrowserSessionView {
    /// `current` is the session that asks.
    #[must_use]
    pub fn new(session: &Session, current: Option<SessionId>) -> Self {
        Self {
            id: session.id,
            user_agent: session.user_agent.clone(),
            ip: session.ip.clone(),
            current: Some(session.id) == current,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
        }
    }
}

impl From<&Token> for TokenView {
    fn from(token: &Token) -> Self {
        Self {
            id: token.id,
            name: token.name.clone(),
            scopes: token.scopes.clone(),
            token: None,
            last_used_at: token.last_used_at,
            expires_at: token.expires_at,
            created_at: token.created_at,
        }
    }
}

impl From<&Invitation> for InvitationView {
    fn from(invitation: &Invitation) -> Self {
        Self {
            id: invitation.id,
            email: invitation.email.clone(),
            role: invitation.role,
            url: None,
            expires_at: invitation.expires_at,
            created_at: invitation.created_at,
        }
    }
}
