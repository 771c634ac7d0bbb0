//! Connecting a bot: a token is tried before anything is stored, and a job does the rest.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tertulia_channels::SendError;
use tertulia_channels::telegram::{self, Profile};
use tertulia_domain::attachment::{Attachment, AttachmentState};
use tertulia_domain::inbox::{
    Channel, HealthState, Inbox, InboxSettings, ProviderToken, TelegramMode, TelegramSettings,
};
use tertulia_domain::{AccountId, InboxId};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, inboxes};

use super::settings::check_url;
use super::{SettingsChange, note_health, record};
use crate::attachments::keep_picture;
use crate::{Change, Ctx, Engine, Error, Result};

/// The kind of the job that tells Telegram where updates go.
pub const CONNECT: &str = "inbox.connect";
/// The kind of the job that tells Telegram that nobody is here any more.
pub const DISCONNECT: &str = "inbox.disconnect";

/// The payload of both.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Order {
    inbox: InboxId,
}

/// A bot that has said who it is.
#[derive(Debug, Clone)]
pub(super) struct Introduced {
    pub(super) token: ProviderToken,
    pub(super) base_url: String,
    pub(super) profile: Profile,
}

/// Asks Telegram whose token it is. Nothing is stored of one that is refused.
pub(super) async fn introduce(
    engine: &Engine,
    settings: &SettingsChange,
    before: Option<&TelegramSettings>,
) -> Result<Introduced> {
    let Some(token) = settings.token.clone() else {
        return Err(Error::invalid("/settings/token", "is needed: BotFather gives it"));
    };
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-');
    if token.reveal().is_empty() || !token.reveal().chars().all(is_token) {
        let detail = "is not a token such as 110201543:AAH…";
        return Err(Error::invalid("/settings/token", detail));
    }
    let base_url = match (&settings.base_url, before) {
        (Some(url), _) => check_url("/settings/base_url", url)?,
        (None, Some(before)) => before.base_url.clone(),
        (None, None) => engine.settings.telegram_url.clone(),
    };
    let base_url = base_url.trim_end_matches('/').to_owned();
    let now = engine.clock.now();
    let profile = telegram::get_me(&engine.http, &base_url, &token, now).await;
    let profile = profile.map_err(|error| match error {
        SendError::Disconnected { detail } => {
            let pointer = "/settings/token".to_owned();
            let detail = format!("Telegram does not know this token: {detail}");
            Error::Invalid { code: "token_refused", pointer, detail }
        }
        SendError::Rejected { code, detail } if code == "egress_blocked" => Error::Invalid {
            code: "egress_blocked",
            pointer: "/settings/base_url".to_owned(),
            detail,
        },
        error => Error::Upstream { detail: error.to_string() },
    })?;
    Ok(Introduced { token, base_url, profile })
}

/// Refuses a bot that is connected already: each of two webhooks would take the updates from the other.
pub(super) async fn require_free(engine: &Engine, bot_id: i64) -> Result<()> {
    let found = engine
        .store
        .read::<_, Error, _>(Scope::System, |tx| Ok(inboxes::of_channel(tx, Channel::Telegram)?))
        .await?;
    let id = bot_id.to_string();
    let has_it =
        |inbox: &Inbox| matches!(&inbox.settings, InboxSettings::Telegram(s) if s.bot_id == id);
    if found.iter().any(|(_, inbox)| has_it(inbox)) {
        let detail = "the bot of this token is connected to an inbox already";
        return Err(Error::conflict("bot_connected", detail));
    }
    Ok(())
}

/// Has Telegram told, once this transaction has committed.
pub(super) fn order(change: &mut Change<'_, '_>, kind: &str, inbox: InboxId) -> Result<()> {
    let lane = format!("connect:{inbox}");
    let job = NewJob {
        account: Some(change.ctx.account_id),
        kind,
        lane: Some(&lane),
        pool: None,
        payload: &json!(Order { inbox }),
        run_at: change.now,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}

/// Tells Telegram where updates go, and what customers see of the bot.
pub async fn connect(engine: &Engine, account: AccountId, payload: &Value) -> Result<()> {
    let id = read_order(payload)?;
    let Some(inbox) = find(engine, account, id).await? else { return Ok(()) };
    let InboxSettings::Telegram(settings) = &inbox.settings else { return Ok(()) };
    let mode = mode(engine);
    let told = tell(engine, &inbox, mode).await;
    let picture = match &told {
        Ok(()) => picture(engine, account, &inbox, settings).await?,
        Err(_) => None,
    };
    let retry = match told {
        Ok(()) => None,
        Err(SendError::Disconnected { detail }) => {
            return note(engine, account, id, HealthState::Refused, detail).await;
        }
        Err(error) => Some(error.to_string()),
    };
    if let Some(reason) = retry {
        note(engine, account, id, HealthState::Degraded, reason.clone()).await?;
        return Err(Error::Upstream { detail: reason });
    }
    engine
        .transact(&Ctx::system(account), move |change| {
            let Some(mut inbox) = inboxes::get(change.tx, account, id)? else { return Ok(()) };
            if let InboxSettings::Telegram(settings) = &mut inbox.settings {
                settings.mode = Some(mode);
                if let Some(file) = &picture {
                    keep_picture(change, file, &format!("inbox:{id}"))?;
                    settings.avatar_url = crate::views::avatar_url(Some(&file.token));
                }
            }
            inboxes::update(change.tx, account, &inbox)?;
            note_health(change, id, HealthState::Ok, None)?;
            let seen = inboxes::get(change.tx, account, id)?;
            let Some(inbox) = seen else { return Ok(()) };
            let kind = tertulia_domain::event::EventKind::InboxUpdated;
            record(change, kind, &inbox).map(drop)
        })
        .await
}

async fn tell(engine: &Engine, inbox: &Inbox, mode: TelegramMode) -> Result<(), SendError> {
    let (http, now) = (&engine.http, engine.clock.now());
    match mode {
        TelegramMode::Webhook => {
            telegram::set_webhook(http, inbox, &hook_url(engine, inbox), now).await?;
        }
        TelegramMode::Polling => telegram::delete_webhook(http, inbox, now).await?,
    }
    telegram::set_profile(http, inbox, now).await
}

/// The bot's picture, if it has one and we do not have it yet.
async fn picture(
    engine: &Engine,
    account: AccountId,
    inbox: &Inbox,
    settings: &TelegramSettings,
) -> Result<Option<Attachment>> {
    if settings.avatar_url.is_some() {
        return Ok(None);
    }
    let reference = format!("user:{}", settings.bot_id);
    crate::attachments::fetch_picture(engine, account, inbox, &reference)
        .await
        .map(|found| found.filter(|file| file.state == AttachmentState::Ready))
}

/// Tells Telegram that nobody is here any more, and forgets the token.
pub async fn disconnect(engine: &Engine, account: AccountId, payload: &Value) -> Result<()> {
    let id = read_order(payload)?;
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(inboxes::deleted(tx, account, id)?)
        })
        .await?;
    let Some(inbox) = found else { return Ok(()) };
    match telegram::delete_webhook(&engine.http, &inbox, engine.clock.now()).await {
        Ok(()) | Err(SendError::Disconnected { .. }) => {}
        Err(error) => return Err(Error::Upstream { detail: error.to_string() }),
    }
    engine
        .transact(&Ctx::system(account), move |change| {
            Ok(inboxes::forget_token(change.tx, account, id)?)
        })
        .await
}

/// How updates come in: Telegram calls only addresses with a certificate.
pub(super) fn mode(engine: &Engine) -> TelegramMode {
    if engine.settings.public_url.scheme() == "https" {
        TelegramMode::Webhook
    } else {
        TelegramMode::Polling
    }
}

/// Where Telegram calls.
pub(super) fn hook_url(engine: &Engine, inbox: &Inbox) -> String {
    engine.settings.link(&format!("/hooks/{}", inbox.hook_token))
}

/// Writes how the connection is, in a transaction of its own.
pub(super) async fn note(
    engine: &Engine,
    account: AccountId,
    inbox: InboxId,
    state: HealthState,
    detail: String,
) -> Result<()> {
    engine
        .transact(&Ctx::system(account), move |change| {
            let said = Some(detail.as_str()).filter(|said| !said.is_empty());
            note_health(change, inbox, state, said)
        })
        .await
}

async fn find(engine: &Engine, account: AccountId, id: InboxId) -> Result<Option<Inbox>> {
    engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| Ok(inboxes::get(tx, account, id)?))
        .await
}

fn read_order(payload: &Value) -> Result<InboxId> {
    let read = |e: serde_json::Error| Error::Internal(format!("payload of a connection: {e}"));
    Order::deserialize(payload).map(|order| order.inbox).map_err(read)
}
