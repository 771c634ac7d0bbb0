//! How users, teams and labels are shown.

use serde::{Deserialize, Serialize};
use tertulia_domain::account::{Label, Team};
use tertulia_domain::user::{PresenceState, Role, User};
use tertulia_domain::{LabelId, TeamId, Timestamp, UserId};
use utoipa::ToSchema;

/// A user inside another thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UserBrief {
    pub id: UserId,
    pub name: String,
    pub avatar_url: Option<String>,
}

/// A user as a member of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = User)]
pub struct UserView {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub locale: String,
    pub active: bool,
    pub totp_enabled: bool,
    /// Null in events and webhooks: the stream tells who comes and goes.
    pub presence: Option<PresenceState>,
    pub avatar_url: Option<String>,
    pub team_ids: Vec<TeamId>,
    pub created_at: Timestamp,
}

/// A team with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Team)]
pub struct TeamView {
    pub id: TeamId,
    pub name: String,
    pub description: String,
    pub member_ids: Vec<UserId>,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Label)]
pub struct LabelView {
    pub id: LabelId,
    pub name: String,
    pub color: String,
    pub description: String,
}

impl From<&User> for UserView {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role,
            locale: user.locale.clone(),
            active: user.active,
            totp_enabled: user.totp_enabled,
            presence: None,
            avatar_url: None,
            team_ids: user.team_ids.clone(),
            created_at: user.created_at,
        }
    }
}

impl From<&Team> for TeamView {
    fn from(team: &Team) -> Self {
        Self {
            id: team.id,
            name: team.name.clone(),
            description: team.description.clone(),
            member_ids: team.member_ids.clone(),
        }
    }
}

impl From<&Label> for LabelView {
    fn from(label: &Label) -> Self {
        Self {
            id: label.id,
            name: label.name.clone(),
            color: label.color.clone(),
            description: label.description.clone(),
        }
    }
}
