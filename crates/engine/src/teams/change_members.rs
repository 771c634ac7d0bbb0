//! Single people who come to a team or go; the others stay.

use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::{TeamId, UserId};
use tertulia_store::teams;

use super::check_members;
use crate::views::TeamView;
use crate::{Ctx, Engine, Error, Fact, Result};

/// Who comes, and who goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    Join(Vec<UserId>),
    Leave(Vec<UserId>),
}

impl Members {
    /// Everybody who is there afterwards.
    pub(crate) fn among(&self, mut present: Vec<UserId>) -> Vec<UserId> {
        match self {
            Members::Join(come) => present.extend(come),
            Members::Leave(gone) => present.retain(|user| !gone.contains(user)),
        }
        present
    }
}

/// Adds and removes members.
pub async fn change_members(
    engine: &Engine,
    ctx: &Ctx,
    team: TeamId,
    members: Members,
) -> Result<TeamView> {
    ctx.require(Permission::TeamsManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = teams::get(change.tx, account, team)?;
            let mut changed = found.ok_or(Error::NotFound("team"))?;
            let wanted = members.among(changed.member_ids);
            changed.member_ids = check_members(change, "/user_ids", &wanted)?;
            teams::set_members(change.tx, account, team, &changed.member_ids)?;
            let view = TeamView::from(&changed);
            let data = json!({"team": view});
            change.record(&Fact::new(EventKind::TeamUpdated, data).about(team.0))?;
            Ok(view)
        })
        .await
}
