//! A new team.

use serde_json::json;
use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::teams;

use super::{check_members, name_taken};
use crate::views::TeamView;
use crate::{Ctx, Engine, Error, Fact, Result, check};

/// A team to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub name: String,
    pub description: String,
    pub member_ids: Vec<UserId>,
}

/// Makes a team.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<TeamView> {
    ctx.require(Permission::TeamsManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let name = check::name("/name", &command.name)?;
            let description = check::text("/description", &command.description)?;
            let members = check_members(change, "/member_ids", &command.member_ids)?;
            let created = teams::create(change.tx, account, &name, &description)?;
            let id = created.ok_or_else(name_taken)?;
            teams::set_members(change.tx, account, id, &members)?;
            let team = teams::get(change.tx, account, id)?.ok_or(Error::NotFound("team"))?;
            let view = TeamView::from(&team);
            let data = json!({"team": view});
            change.record(&Fact::new(EventKind::TeamCreated, data).about(id.0))?;
            Ok(view)
        })
        .await
}
