//! Takes an invitation back.

use serde_json::json;
use tertulia_domain::InvitationId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::invitations;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Revokes an invitation that was not accepted.
pub async fn revoke(engine: &Engine, ctx: &Ctx, invitation: InvitationId) -> Result<()> {
    ctx.require(Permission::UsersManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            if !invitations::revoke(change.tx, account, invitation, change.now)? {
                return Err(Error::NotFound("invitation"));
            }
            let data = json!({"id": invitation});
            change.record(&Fact::new(EventKind::InvitationRevoked, data).about(invitation.0))?;
            Ok(())
        })
        .await
}
