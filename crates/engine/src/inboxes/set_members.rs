//! Who serves an inbox: agents see the conversations of the inboxes that they are members of.

use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::{InboxId, UserId};
use tertulia_store::inboxes;

use super::record;
use crate::teams::check_members;
use crate::views::InboxView;
use crate::{Ctx, Engine, Error, Result};

/// Overwrites the members.
pub async fn set_members(
    engine: &Engine,
    ctx: &Ctx,
    inbox: InboxId,
    user_ids: Vec<UserId>,
) -> Result<InboxView> {
    ctx.require(Permission::InboxesManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = inboxes::get(change.tx, account, inbox)?;
            let found = found.ok_or(Error::NotFound("inbox"))?;
            let members = check_members(change, "/user_ids", &user_ids)?;
            inboxes::set_members(change.tx, account, inbox, &members)?;
            record(change, EventKind::InboxUpdated, &found)
        })
        .await
}
