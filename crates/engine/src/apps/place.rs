//! Which inboxes an app works on, and as what.

use tertulia_domain::access::Permission;
use tertulia_domain::app::AppRole;
use tertulia_domain::event::EventKind;
use tertulia_domain::{AppId, InboxId};
use tertulia_store::{apps, inboxes};

use super::{lock, record};
use crate::views::AppView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Puts an app to work on an inbox. One that answers takes the place of the one that did; conversations
/// that are under way stay with whoever has them.
pub async fn place(
    engine: &Engine,
    ctx: &Ctx,
    app: AppId,
    inbox: InboxId,
    role: AppRole,
) -> Result<AppView> {
    ctx.require(Permission::AppsManage)?;
    engine
        .commit(ctx, move |change| {
            lock(change, app)?;
            require_inbox(change, inbox)?;
            apps::place(change.tx, change.ctx.account_id, inbox, app, role)?;
            record(change, EventKind::AppUpdated, app)
        })
        .await
}

/// Takes an app off an inbox.
pub async fn remove(engine: &Engine, ctx: &Ctx, app: AppId, inbox: InboxId) -> Result<AppView> {
    ctx.require(Permission::AppsManage)?;
    engine
        .commit(ctx, move |change| {
            lock(change, app)?;
            apps::remove(change.tx, change.ctx.account_id, inbox, app)?;
            record(change, EventKind::AppUpdated, app)
        })
        .await
}

/// Says which app answers on an inbox, or that none does.
pub async fn set_answering(
    engine: &Engine,
    ctx: &Ctx,
    inbox: InboxId,
    app: Option<AppId>,
) -> Result<()> {
    ctx.require(Permission::AppsManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            require_inbox(change, inbox)?;
            let before = apps::assigned(change.tx, account, inbox)?;
            if before == app {
                return Ok(());
            }
            match app {
                Some(id) => {
                    lock(change, id)?;
                    apps::place(change.tx, account, inbox, id, AppRole::Answers)?;
                }
                None => apps::displace(change.tx, account, inbox)?,
            }
            for id in before.into_iter().chain(app) {
                // One that was removed meanwhile has left no place behind.
                if apps::get(change.tx, account, id)?.is_some() {
                    record(change, EventKind::AppUpdated, id)?;
                }
            }
            Ok(())
        })
        .await
}

fn require_inbox(change: &mut Change<'_, '_>, inbox: InboxId) -> Result<()> {
    let found = inboxes::get(change.tx, change.ctx.account_id, inbox)?;
    found.map(drop).ok_or(Error::NotFound("inbox"))
}
