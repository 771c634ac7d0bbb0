//! Single people who come to an inbox or go; the others stay.

use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::inboxes;

use super::record;
use crate::teams::{Members, check_members};
use crate::views::InboxView;
use crate::{Ctx, Engine, Error, Result};

/// Adds and removes members.
pub async fn change_members(
    engine: &Engine,
    ctx: &Ctx,
    inbox: InboxId,
    members: Members,
) -> Result<InboxView> {
    ctx.require(Permission::InboxesManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = inboxes::get(change.tx, account, inbox)?;
            let found = found.ok_or(Error::NotFound("inbox"))?;
            let present = inboxes::members(change.tx, account, inbox)?;
            let members = check_members(change, "/user_ids", &members.among(present))?;
            inboxes::set_members(change.tx, account, inbox, &members)?;
            record(change, EventKind::InboxUpdated, &found)
        })
        .await
}
