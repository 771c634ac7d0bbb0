//! Name, description and members of a team.

use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::{TeamId, UserId};
use tertulia_store::teams;

use super::{check_members, name_taken};
use crate::views::TeamView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub name: Option<String>,
    pub description: Option<String>,
    pub member_ids: Option<Vec<UserId>>,
}

/// Changes a team.
pub async fn update(engine: &Engine, ctx: &Ctx, team: TeamId, command: Update) -> Result<TeamView> {
    ctx.require(Permission::TeamsManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = teams::get(change.tx, account, team)?;
            let mut changed = found.ok_or(Error::NotFound("team"))?;
            if let Some(name) = &command.name {
                changed.name = check::name("/name", name)?;
                if teams::is_name_taken(change.tx, account, &changed.name, team)? {
                    return Err(name_taken());
                }
            }
            if let Some(description) = &command.description {
                changed.description = check::text("/description", description)?;
            }
            teams::update(change.tx, account, team, &changed.name, &changed.description)?;
            if let Some(members) = &command.member_ids {
                changed.member_ids = check_members(change, "/member_ids", members)?;
                teams::set_members(change.tx, account, team, &changed.member_ids)?;
            }
            let view = TeamView::from(&changed);
            let data = json!({"team": view});
            change.record(&Fact::new(EventKind::TeamUpdated, data).about(team.0))?;
            Ok(view)
        })
        .await
}
