//! Removes a team; its conversations belong to none.

use serde_json::json;
use tertulia_domain::TeamId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::teams;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Removes a team.
pub async fn delete(engine: &Engine, ctx: &Ctx, team: TeamId) -> Result<()> {
    ctx.require(Permission::TeamsManage)?;
    engine
        .commit(ctx, move |change| {
            if !teams::delete(change.tx, change.ctx.account_id, team)? {
                return Err(Error::NotFound("team"));
            }
            let data = json!({"id": team});
            change.record(&Fact::new(EventKind::TeamDeleted, data).about(team.0))?;
            Ok(())
        })
        .await
}
