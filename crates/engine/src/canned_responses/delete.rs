//! Removes a canned response; messages that were made with it stay.

use serde_json::json;
use tertulia_domain::CannedResponseId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::canned_responses;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Removes a canned response.
pub async fn delete(engine: &Engine, ctx: &Ctx, response: CannedResponseId) -> Result<()> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit(ctx, move |change| {
            if !canned_responses::delete(change.tx, change.ctx.account_id, response)? {
                return Err(Error::NotFound("canned response"));
            }
            let data = json!({"id": response});
            change.record(&Fact::new(EventKind::CannedResponseDeleted, data).about(response.0))?;
            Ok(())
        })
        .await
}
