//! A bot's queue of updates, kept for 24 hours.

use serde_json::{Map, Value};

use super::State;

/// How long Telegram keeps an update that nobody fetched.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// Kinds that come only to who asks for them by name.
const ON_REQUEST: &[&str] = &["chat_member", "message_reaction", "message_reaction_count"];

#[derive(Debug, Clone)]
pub(crate) struct Queued {
    pub(crate) id: i64,
    pub(crate) body: Value,
    at_ms: i64,
    /// Updates of one chat are pushed one after the other.
    pub(crate) chat: i64,
    pub(crate) in_flight: bool,
    pub(crate) failures: u32,
    /// A webhook that refused is not tried again before.
    pub(crate) due_ms: i64,
}

impl State {
    /// Tells the bot, if it listens for that kind. Answers the update's number.
    pub(crate) fn tell(&mut self, bot: i64, chat: i64, kind: &str, what: Value) -> Option<i64> {
        let now = self.now_ms;
        let bot = self.bots.get_mut(&bot)?;
        let wanted = match &bot.allowed_updates {
            Some(kinds) => kinds.iter().any(|allowed| allowed == kind),
            None => !ON_REQUEST.contains(&kind),
        };
        if !wanted {
            return None;
        }
        let id = bot.next_update_id;
        bot.next_update_id += 1;
        let mut body = Map::new();
        body.insert("update_id".to_owned(), id.into());
        body.insert(kind.to_owned(), what);
        bot.queue.push_back(Queued {
            id,
            body: Value::Object(body),
            at_ms: now,
            chat,
            in_flight: false,
            failures: 0,
            due_ms: now,
        });
        Some(id)
    }

    /// Forgets what is older than a day.
    pub(crate) fn expire_updates(&mut self, bot: i64) {
        let oldest = self.now_ms - KEPT_MS;
        if let Some(bot) = self.bots.get_mut(&bot) {
            bot.queue.retain(|queued| queued.at_ms >= oldest || queued.in_flight);
        }
    }
}
