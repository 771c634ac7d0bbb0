//! A new inbox, with random addresses and secrets.

use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::{ApiSettings, Channel, Inbox, InboxSettings, WidgetSettings};
use tertulia_domain::{Entropy, InboxId};
use tertulia_store::inboxes;

use super::{SettingsChange, record};
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
    let name = check::name("/name", &command.name)?;
    let entropy = engine.entropy.as_ref();
    let mut settings = match command.channel {
        Channel::Widget => InboxSettings::Widget(WidgetSettings {
            key: widget_key(entropy),
            title: name.clone(),
            ..WidgetSettings::default()
        }),
        Channel::Api => InboxSettings::Api(ApiSettings::default()),
    };
    command.settings.apply(&mut settings)?;
    let inbox = Inbox {
        id: InboxId(0),
        name,
        channel: command.channel,
        enabled: true,
        hook_token: secret::random(entropy),
        secret: secret::signing(entropy),
        identity_secret: secret::random_hex(entropy),
        reopen_window_secs: REOPEN_WINDOW_SECS,
        greeting: String::new(),
        settings,
        created_at: engine.clock.now(),
    };
    engine
        .commit(ctx, move |change| {
            let id = inboxes::create(change.tx, change.ctx.account_id, &inbox)?;
            record(change, EventKind::InboxCreated, &Inbox { id, ..inbox.clone() })
        })
        .await
}

fn widget_key(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; KEY_BYTES];
    entropy.fill(&mut bytes);
    format!("wk_{}", secret::hex(&bytes))
}
