//! Takes an inbox out of service; its conversations stay where they are.

use serde_json::json;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::inboxes;

use super::DISCONNECT;
use super::connect::order;
use crate::{Ctx, Engine, Error, Fact, Result};

/// Deletes an inbox.
pub async fn delete(engine: &Engine, ctx: &Ctx, inbox: InboxId) -> Result<()> {
    ctx.require(Permission::InboxesManage)?;
    engine
        .commit(ctx, move |change| {
            let before = inboxes::get(change.tx, change.ctx.account_id, inbox)?;
            if before.is_some_and(|before| before.provider_token.is_some()) {
                order(change, DISCONNECT, inbox)?;
            }
            if !inboxes::delete(change.tx, change.ctx.account_id, inbox, change.now)? {
                return Err(Error::NotFound("inbox"));
            }
            let mut fact = Fact::new(EventKind::InboxDeleted, json!({"id": inbox})).about(inbox.0);
            fact.inbox = Some(inbox);
            change.record(&fact)?;
            Ok(())
        })
        .await
}
