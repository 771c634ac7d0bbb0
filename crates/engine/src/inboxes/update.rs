//! Name, switch, greeting, reopening and settings of an inbox.

use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::inboxes;

use super::{REOPEN_WINDOW_SECS_MAX, SettingsChange, record};
use crate::views::InboxView;
use crate::{Ctx, Engine, Error, Result, check};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Update {
    pub name: Option<String>,
    pub enabled: Option<bool>,
    pub greeting: Option<String>,
    pub reopen_window_secs: Option<i64>,
    pub settings: Option<SettingsChange>,
}

/// Changes an inbox.
pub async fn update(
    engine: &Engine,
    ctx: &Ctx,
    inbox: InboxId,
    command: Update,
) -> Result<InboxView> {
    ctx.require(Permission::InboxesManage)?;
    engine
        .commit(ctx, move |change| {
            let found = inboxes::get(change.tx, change.ctx.account_id, inbox)?;
            let mut changed = found.ok_or(Error::NotFound("inbox"))?;
            if let Some(name) = &command.name {
                changed.name = check::name("/name", name)?;
            }
            if let Some(greeting) = &command.greeting {
                changed.greeting = check::text("/greeting", greeting)?;
            }
            if let Some(secs) = command.reopen_window_secs {
                changed.reopen_window_secs = check_window(secs)?;
            }
            if let Some(settings) = &command.settings {
                settings.apply(&mut changed.settings)?;
            }
            changed.enabled = command.enabled.unwrap_or(changed.enabled);
            inboxes::update(change.tx, change.ctx.account_id, &changed)?;
            record(change, EventKind::InboxUpdated, &changed)
        })
        .await
}

fn check_window(secs: i64) -> Result<i64> {
    if (0..=REOPEN_WINDOW_SECS_MAX).contains(&secs) {
        return Ok(secs);
    }
    let detail = format!("is not between 0 and {REOPEN_WINDOW_SECS_MAX}");
    Err(Error::invalid("/reopen_window_secs", detail))
}
