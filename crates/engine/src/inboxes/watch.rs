//! Looks after the connections: whoever has the token can point the webhook elsewhere, and Telegram
//! tells only those who ask why it could not deliver.

use tertulia_channels::SendError;
use tertulia_channels::telegram::{self, WebhookInfo};
use tertulia_domain::inbox::{Channel, HealthState, Inbox, InboxSettings, TelegramMode};
use tertulia_domain::{AccountId, Timestamp};
use tertulia_store::{Scope, inboxes, paces};

use super::connect::{hook_url, mode, note, order};
use super::{CONNECT, note_health};
use crate::{Ctx, Engine, Error, Result};

/// The kind of the periodic job.
pub const WATCH: &str = "inbox.watch";
/// A failure of Telegram that is older than this is history.
const RECENT_SECS: i64 = 900;
/// How long after their time the books of calls are kept.
const PACES_SECS: u64 = 3_600;

/// What is to be done about a bot.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Finding {
    Well,
    /// Updates go somewhere else: connect it again, and say so.
    Astray(String),
    /// Telegram could not deliver.
    Failing(String),
}

/// Looks at every bot. One that cannot be asked does not keep the others from being looked at.
pub async fn watch(engine: &Engine) -> Result<()> {
    let before = engine.clock.now().minus(std::time::Duration::from_secs(PACES_SECS));
    engine
        .store
        .write::<_, tertulia_store::Error, _>(Scope::System, move |tx| paces::purge(tx, before))
        .await?;
    let found = engine
        .store
        .read::<_, Error, _>(Scope::System, |tx| Ok(inboxes::of_channel(tx, Channel::Telegram)?))
        .await?;
    for (account, inbox) in found {
        look(engine, account, &inbox).await?;
    }
    Ok(())
}

async fn look(engine: &Engine, account: AccountId, inbox: &Inbox) -> Result<()> {
    let (id, now) = (inbox.id, engine.clock.now());
    let info = match telegram::webhook_info(&engine.http, inbox, now).await {
        Ok(info) => info,
        Err(SendError::Disconnected { detail }) => {
            return note(engine, account, id, HealthState::Refused, detail).await;
        }
        Err(error) => {
            return note(engine, account, id, HealthState::Degraded, error.to_string()).await;
        }
    };
    let InboxSettings::Telegram(settings) = &inbox.settings else { return Ok(()) };
    let wanted = mode(engine);
    let finding = if settings.mode == Some(wanted) {
        judge(&info, wanted, &hook_url(engine, inbox), now)
    } else {
        Finding::Astray("it was not connected yet, or this server has another address".to_owned())
    };
    engine
        .transact(&Ctx::system(account), move |change| match &finding {
            Finding::Well => note_health(change, id, HealthState::Ok, None),
            Finding::Failing(detail) => {
                note_health(change, id, HealthState::Degraded, Some(detail))
            }
            Finding::Astray(detail) => {
                note_health(change, id, HealthState::Degraded, Some(detail))?;
                order(change, CONNECT, id)
            }
        })
        .await
}

fn judge(info: &WebhookInfo, wanted: TelegramMode, url: &str, now: Timestamp) -> Finding {
    match wanted {
        TelegramMode::Polling if info.url.is_empty() => Finding::Well,
        TelegramMode::Polling => {
            Finding::Astray("somebody had set a webhook for the bot; it was taken away".to_owned())
        }
        TelegramMode::Webhook if info.url != url => {
            let detail = "somebody had pointed the bot elsewhere; the webhook was set again";
            Finding::Astray(detail.to_owned())
        }
        TelegramMode::Webhook => {
            let recent = info.last_error_date.is_some_and(|at| now.secs() - at < RECENT_SECS);
            match &info.last_error_message {
                Some(message) if recent => Finding::Failing(format!(
                    "Telegram could not deliver: {message} ({} updates wait)",
                    info.pending_update_count
                )),
                _ => Finding::Well,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://desk.example/hooks/abc";

    fn info(url: &str, error: Option<(i64, &str)>) -> WebhookInfo {
        WebhookInfo {
            url: url.to_owned(),
            pending_update_count: 3,
            last_error_date: error.map(|(at, _)| at),
            last_error_message: error.map(|(_, words)| words.to_owned()),
        }
    }

    #[test]
    fn a_webhook_is_ours_or_it_is_set_again() {
        let judge = |info, mode| judge(&info, mode, OURS, Timestamp(1_790_000_000_000_000));
        let webhook = TelegramMode::Webhook;
        assert_eq!(judge(info(OURS, None), webhook), Finding::Well);
        assert!(matches!(judge(info("https://evil.example/", None), webhook), Finding::Astray(_)));
        assert!(matches!(judge(info("", None), webhook), Finding::Astray(_)));
        let failed = |at| info(OURS, Some((at, "Connection refused")));
        let Finding::Failing(detail) = judge(failed(1_789_999_900), webhook) else { panic!() };
        assert_eq!(detail, "Telegram could not deliver: Connection refused (3 updates wait)");
        assert_eq!(judge(failed(1_789_990_000), webhook), Finding::Well);
        assert_eq!(judge(info("", None), TelegramMode::Polling), Finding::Well);
        assert!(matches!(judge(info(OURS, None), TelegramMode::Polling), Finding::Astray(_)));
    }
}
