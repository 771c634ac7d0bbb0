//! Name, switch, greeting, reopening and settings of an inbox.

use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::InboxSettings;
use tertulia_store::{Scope, inboxes, jobs};

use super::connect::{Introduced, introduce, order};
use super::{CONNECT, REOPEN_WINDOW_SECS_MAX, SettingsChange, record};
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
    let bot = reconnect(engine, ctx, inbox, command.settings.as_ref()).await?;
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
            if let (InboxSettings::Telegram(settings), true) =
                (&mut changed.settings, command.settings.is_some())
            {
                if let Some(bot) = &bot {
                    settings.base_url.clone_from(&bot.base_url);
                    settings.username.clone_from(&bot.profile.username);
                    settings.bot_name.clone_from(&bot.profile.first_name);
                    changed.provider_token = Some(bot.token.clone());
                    // What waited for a token that works need not wait any longer.
                    let pool = format!("inbox:{inbox}");
                    jobs::hurry(change.tx, change.ctx.account_id, &pool, change.now)?;
                }
                order(change, CONNECT, inbox)?;
            }
            inboxes::update(change.tx, change.ctx.account_id, &changed)?;
            record(change, EventKind::InboxUpdated, &changed)
        })
        .await
}

/// Tries a new token, which must be of the same bot: another one knows nobody of this inbox.
async fn reconnect(
    engine: &Engine,
    ctx: &Ctx,
    id: InboxId,
    settings: Option<&SettingsChange>,
) -> Result<Option<Introduced>> {
    let Some(settings) = settings else { return Ok(None) };
    if settings.token.is_none() && settings.base_url.is_none() {
        return Ok(None);
    }
    let account = ctx.account_id;
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| Ok(inboxes::get(tx, account, id)?))
        .await?;
    let Some(InboxSettings::Telegram(before)) = found.map(|inbox| inbox.settings) else {
        return Ok(None);
    };
    if settings.token.is_none() && settings.base_url.as_deref() == Some(&before.base_url) {
        return Ok(None);
    }
    let bot = introduce(engine, settings, Some(&before)).await?;
    if bot.profile.id.to_string() != before.bot_id {
        let detail = "is of another bot; connect that one as an inbox of its own";
        return Err(Error::invalid("/settings/token", detail));
    }
    Ok(Some(bot))
}

fn check_window(secs: i64) -> Result<i64> {
    if (0..=REOPEN_WINDOW_SECS_MAX).contains(&secs) {
        return Ok(secs);
    }
    let detail = format!("is not between 0 and {REOPEN_WINDOW_SECS_MAX}");
    Err(Error::invalid("/reopen_window_secs", detail))
}
