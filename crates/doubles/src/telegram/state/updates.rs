//! A bot's queue of updates, kept for 24 hours.

use serde_json::{Map, Value};

use super::State;

/// How long Telegram keeps an update that nobody fetched.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// Kinds of updates, and whether they come without being asked for.
pub(crate) const UPDATE_KINDS: &[(&str, bool)] = &[
    ("message", true),
    ("edited_message", true),
    ("channel_post", true),
    ("edited_channel_post", true),
    ("business_connection", true),
    ("business_message", true),
    ("edited_business_message", true),
    ("deleted_business_messages", true),
    ("message_reaction", false),
    ("message_reaction_count", false),
    ("inline_query", true),
    ("chosen_inline_result", true),
    ("callback_query", true),
    ("shipping_query", true),
    ("pre_checkout_query", true),
    ("purchased_paid_media", true),
    ("poll", true),
    ("poll_answer", true),
    ("my_chat_member", true),
    ("chat_member", false),
    ("chat_join_request", true),
    ("chat_boost", true),
    ("removed_chat_boost", true),
];

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
            // A kind that nobody has heard of yet is new, and new kinds come by default.
            None => UPDATE_KINDS.iter().find(|(name, _)| *name == kind).is_none_or(|(_, on)| *on),
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
