//! A new inbox, with random addresses and secrets.

use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::{
    ApiSettings, Channel, Health, HealthState, Inbox, InboxSettings, TelegramSettings,
    WidgetSettings,
};
use tertulia_domain::{Entropy, InboxId};
use tertulia_store::inboxes;

use super::connect::{introduce, order, require_free};
use super::{CONNECT, SettingsChange, record};
use crate::views::InboxView;
use crate::{Ctx, Engine, Result, check, secret};

/// How long after closing a message reopens the conversation, unless the inbox says otherwise.
const REOPEN_WINDOW_SECS: i64 = 24 * 60 * 60;
/// Random bytes of a widget's public key: nobody shall stumble over somebody else's widget.
const KEY_BYTES: usize = 12;

/// An inbox to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Create {
    pub name: String,
    pub channel: Channel,
    pub settings: SettingsChange,
}

/// Makes an inbox that nobody is a member of yet.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<InboxView> {
    ctx.require(Permission::InboxesManage)?;
    if command.channel == Channel::Telegram {
        return create_bot(engine, ctx, command).await;
    }
    let name = check::name("/name", &command.name)?;
    let entropy = engine.entropy.as_ref();
    let mut settings = match command.channel {
        Channel::Widget => InboxSettings::Widget(WidgetSettings {
            key: widget_key(entropy),
            title: name.clone(),
            ..WidgetSettings::default()
        }),
        Channel::Api => InboxSettings::Api(ApiSettings::default()),
        Channel::Telegram => InboxSettings::Telegram(TelegramSettings::default()),
    };
    command.settings.apply(&mut settings)?;
    let inbox = new(engine, name, command.channel, settings);
    engine
        .commit(ctx, move |change| {
            let id = inboxes::create(change.tx, change.ctx.account_id, &inbox)?;
            record(change, EventKind::InboxCreated, &Inbox { id, ..inbox.clone() })
        })
        .await
}

/// A bot is asked who it is first, and Telegram is told where it is after the commit. Without a name of
/// its own the inbox is called like the bot.
async fn create_bot(engine: &Engine, ctx: &Ctx, command: Create) -> Result<InboxView> {
    let bot = introduce(engine, &command.settings, None).await?;
    require_free(engine, bot.profile.id).await?;
    let name = if command.name.trim().is_empty() { &bot.profile.first_name } else { &command.name };
    let name = check::name("/name", name)?;
    let mut settings = InboxSettings::Telegram(TelegramSettings {
        base_url: bot.base_url,
        bot_id: bot.profile.id.to_string(),
        username: bot.profile.username,
        bot_name: bot.profile.first_name,
        ..TelegramSettings::default()
    });
    command.settings.apply(&mut settings)?;
    let health =
        Health { state: HealthState::Connecting, detail: None, checked_at: engine.clock.now() };
    let inbox = Inbox {
        provider_token: Some(bot.token),
        health: Some(health),
        // Telegram takes letters, digits, dashes and underscores.
        secret: secret::random(engine.entropy.as_ref()),
        ..new(engine, name, Channel::Telegram, settings)
    };
    engine
        .commit(ctx, move |change| {
            let id = inboxes::create(change.tx, change.ctx.account_id, &inbox)?;
            order(change, CONNECT, id)?;
            record(change, EventKind::InboxCreated, &Inbox { id, ..inbox.clone() })
        })
        .await
}

fn new(engine: &Engine, name: String, channel: Channel, settings: InboxSettings) -> Inbox {
    let entropy = engine.entropy.as_ref();
    Inbox {
        id: InboxId(0),
        name,
        channel,
        enabled: true,
        hook_token: secret::random(entropy),
        secret: secret::signing(entropy),
        identity_secret: secret::random_hex(entropy),
        provider_token: None,
        reopen_window_secs: REOPEN_WINDOW_SECS,
        greeting: String::new(),
        settings,
        health: None,
        created_at: engine.clock.now(),
    }
}

fn widget_key(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; KEY_BYTES];
    entropy.fill(&mut bytes);
    format!("wk_{}", secret::hex(&bytes))
}
