//! Connecting a bot: who it is, where its updates go, and how that is.

use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use tertulia_domain::Timestamp;
use tertulia_domain::inbox::{Inbox, InboxSettings, ProviderToken};
use tertulia_net::{HttpClient, Request};

use super::answer;
use super::bot::{Bot, put};
use super::parse::ALLOWED_UPDATES;
use crate::outgoing::SendError;

/// Connections that Telegram opens for one bot.
const CONNECTIONS_MAX: u32 = 40;
/// How long Telegram holds a question for news.
pub const POLL_SECS: u64 = 25;
/// What is added to it for the way.
const POLL_MARGIN_SECS: u64 = 10;
/// Updates of one answer.
const UPDATES_MAX: u32 = 100;
/// Bytes of such an answer.
const UPDATES_BYTES_MAX: usize = 16_000_000;

/// Who a bot is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Profile {
    pub id: i64,
    pub first_name: String,
    #[serde(default)]
    pub username: String,
}

/// Where Telegram sends the bot's updates, and how that goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct WebhookInfo {
    pub url: String,
    pub pending_update_count: i64,
    pub last_error_date: Option<i64>,
    pub last_error_message: Option<String>,
}

/// News, and the number behind the last of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    pub updates: Vec<Bytes>,
    pub next: Option<i64>,
}

/// Asks who the bot of a token is.
pub async fn get_me(
    http: &HttpClient,
    base_url: &str,
    token: &ProviderToken,
    now: Timestamp,
) -> Result<Profile, SendError> {
    let bot = Bot::new(base_url, token);
    read(ask(http, bot.method("getMe", &json!({})), now).await?)
}

/// Has updates sent to an address, which proves itself by the inbox's secret.
pub async fn set_webhook(
    http: &HttpClient,
    inbox: &Inbox,
    url: &str,
    now: Timestamp,
) -> Result<(), SendError> {
    let body = json!({
        "url": url, "secret_token": inbox.secret, "allowed_updates": ALLOWED_UPDATES,
        "max_connections": CONNECTIONS_MAX, "drop_pending_updates": false,
    });
    ask(http, Bot::of(inbox)?.method("setWebhook", &body), now).await.map(drop)
}

/// Has updates sent nowhere: they wait until they are asked for.
pub async fn delete_webhook(
    http: &HttpClient,
    inbox: &Inbox,
    now: Timestamp,
) -> Result<(), SendError> {
    let body = json!({"drop_pending_updates": false});
    ask(http, Bot::of(inbox)?.method("deleteWebhook", &body), now).await.map(drop)
}

/// Where updates go.
pub async fn webhook_info(
    http: &HttpClient,
    inbox: &Inbox,
    now: Timestamp,
) -> Result<WebhookInfo, SendError> {
    read(ask(http, Bot::of(inbox)?.method("getWebhookInfo", &json!({})), now).await?)
}

/// Puts commands and descriptions where customers see them.
pub async fn set_profile(
    http: &HttpClient,
    inbox: &Inbox,
    now: Timestamp,
) -> Result<(), SendError> {
    let (bot, InboxSettings::Telegram(settings)) = (Bot::of(inbox)?, &inbox.settings) else {
        return Ok(());
    };
    let calls = [
        ("setMyCommands", json!({"commands": settings.commands})),
        ("setMyDescription", json!({"description": settings.description})),
        ("setMyShortDescription", json!({"short_description": settings.short_description})),
    ];
    for (method, body) in calls {
        ask(http, bot.method(method, &body), now).await?;
    }
    Ok(())
}

/// Waits for news. `offset` tells Telegram to forget everything before it, so it is given only for what
/// is stored; without it, everything that is not forgotten comes, whatever its number.
pub async fn get_updates(
    http: &HttpClient,
    inbox: &Inbox,
    offset: Option<i64>,
    wait_secs: u64,
    now: Timestamp,
) -> Result<Batch, SendError> {
    let mut body = json!({
        "timeout": wait_secs, "limit": UPDATES_MAX, "allowed_updates": ALLOWED_UPDATES,
    });
    if let Some(offset) = offset {
        put(&mut body, "offset", json!(offset));
    }
    let timeout = Duration::from_secs(wait_secs + POLL_MARGIN_SECS);
    let request = Bot::of(inbox)?.method("getUpdates", &body).map(|request| {
        request.timeout(timeout).at_most(UPDATES_BYTES_MAX, tertulia_net::Excess::Refuse)
    });
    let result = ask(http, request, now).await?;
    let updates = result.as_array().map(Vec::as_slice).unwrap_or_default();
    let last = updates.iter().filter_map(|update| update.get("update_id")?.as_i64()).max();
    Ok(Batch {
        updates: updates.iter().map(|update| Bytes::from(update.to_string())).collect(),
        next: last.map(|last| last.saturating_add(1)),
    })
}

async fn ask(
    http: &HttpClient,
    request: Result<Request, tertulia_net::Error>,
    now: Timestamp,
) -> Result<Value, SendError> {
    let request = request.map_err(|error| crate::port::sort(&error))?;
    let response = http.send(request).await.map_err(|error| crate::port::sort(&error))?;
    answer::result(&response, now)
}

fn read<T: serde::de::DeserializeOwned>(result: Value) -> Result<T, SendError> {
    serde_json::from_value(result).map_err(|error| SendError::Unknown {
        code: "answer_unreadable".to_owned(),
        detail: format!("the answer is not the Bot API's: {error}"),
    })
}
