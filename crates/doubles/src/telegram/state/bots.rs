//! Bots: identity, what they set about themselves, and their queue of updates.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use super::{Queued, State};

/// The first bot's number; real ones have ten digits.
const FIRST_BOT_ID: i64 = 7_000_000_001;
/// Where update numbers begin.
const FIRST_UPDATE_ID: i64 = 900_000_001;

#[derive(Debug, Default)]
pub(crate) struct Bot {
    pub(crate) id: i64,
    pub(crate) token: String,
    pub(crate) name: String,
    pub(crate) username: String,
    /// Nobody gets in with this token any more.
    pub(crate) revoked: bool,
    pub(crate) logged_out: bool,
    pub(crate) webhook: Option<Webhook>,
    /// `None` is the default set, without reactions and members.
    pub(crate) allowed_updates: Option<Vec<String>>,
    pub(crate) queue: VecDeque<Queued>,
    pub(crate) next_update_id: i64,
    /// The number of the poll that may wait; an older one ends with a conflict.
    pub(crate) poll: u64,
    /// A poll is waiting now.
    pub(crate) polling: bool,
    /// Texts by setting and language: name, description, short description.
    pub(crate) texts: BTreeMap<(String, String), String>,
    /// Commands by scope and language.
    pub(crate) commands: BTreeMap<(String, String), Value>,
    /// Menu buttons by chat; 0 is everybody's.
    pub(crate) menu_buttons: BTreeMap<i64, Value>,
    /// Callback queries by id: whether they were answered.
    pub(crate) callbacks: BTreeMap<String, Option<Map<String, Value>>>,
    /// The moments of what was sent, for the limits.
    pub(crate) sent_ms: VecDeque<i64>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) secret_token: String,
    pub(crate) max_connections: usize,
    pub(crate) ip_address: Option<String>,
    pub(crate) last_error: Option<(i64, String)>,
    /// Pushes of an earlier webhook record nothing in this one.
    pub(crate) generation: u64,
}

impl Bot {
    /// The bot as a `User`, in messages.
    pub(crate) fn user(&self) -> Value {
        json!({
            "id": self.id,
            "is_bot": true,
            "first_name": self.text("name", "").unwrap_or(&self.name),
            "username": self.username,
        })
    }

    pub(crate) fn text(&self, setting: &str, language: &str) -> Option<&str> {
        let key = |language: &str| (setting.to_owned(), language.to_owned());
        let text = self.texts.get(&key(language)).or_else(|| self.texts.get(&key("")))?;
        Some(text)
    }
}

impl State {
    /// Adds a bot as its owner would at BotFather; the token is the same in each run.
    pub(crate) fn add_bot(&mut self, name: &str, username: &str) -> i64 {
        let id = self.bots.keys().next_back().map_or(FIRST_BOT_ID, |last| last + 1);
        let bot = Bot {
            id,
            token: format!("{id}:AASimulated-Telegram-Bot-Token-{:04}", id % 10_000),
            name: name.to_owned(),
            username: username.to_owned(),
            next_update_id: FIRST_UPDATE_ID,
            ..Bot::default()
        };
        self.bots.insert(id, bot);
        id
    }

    pub(crate) fn bot_by_token(&self, token: &str) -> Option<&Bot> {
        self.bots.values().find(|bot| bot.token == token)
    }

    /// Gives the bot a new token, as BotFather's /revoke does; the old one is worth nothing.
    pub(crate) fn renew_token(&mut self, bot: i64) -> Option<String> {
        let serial = self.serial();
        let bot = self.bots.get_mut(&bot)?;
        bot.token = format!("{}:AARenewed-Telegram-Bot-Token-{serial:06}", bot.id);
        bot.revoked = false;
        Some(bot.token.clone())
    }
}
