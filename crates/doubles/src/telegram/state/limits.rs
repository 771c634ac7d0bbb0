//! Telegram's rates, as they are met in practice: 30 messages a second for a bot, one a second in a
//! chat with a small burst, 20 a minute in a group.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::State;
use crate::telegram::refusal::Refusal;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60_000;
/// What the way to here may take off a pause; a client that waits exactly long enough is in time.
const JITTER_MS: i64 = 100;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    pub enforced: bool,
    pub per_bot_per_second: usize,
    /// Messages to one chat at once, before it is one a second.
    pub per_chat_burst: usize,
    pub per_group_per_minute: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { enforced: true, per_bot_per_second: 30, per_chat_burst: 3, per_group_per_minute: 20 }
    }
}

impl State {
    /// Counts `messages` to a chat, or says how long to wait.
    pub(crate) fn admit(&mut self, bot: i64, chat: i64, messages: usize) -> Result<(), Refusal> {
        let limits = self.settings.limits.clone();
        if !limits.enforced {
            return Ok(());
        }
        let now = self.now_ms;
        if let Some(bot) = self.bots.get_mut(&bot) {
            within(&mut bot.sent_ms, now, SECOND_MS, limits.per_bot_per_second, messages)?;
        }
        if let Some(chat) = self.chats.get_mut(&(bot, chat)) {
            if chat.is_group() {
                within(&mut chat.sent_ms, now, MINUTE_MS, limits.per_group_per_minute, messages)?;
            } else {
                // A burst of n and then one a second is n messages in any n seconds; an album is one.
                let burst = i64::try_from(limits.per_chat_burst).unwrap_or(1);
                within(&mut chat.sent_ms, now, burst * SECOND_MS, limits.per_chat_burst, 1)?;
            }
            let counted = if chat.is_group() { messages } else { 1 };
            chat.sent_ms.extend(std::iter::repeat_n(now, counted));
        }
        if let Some(bot) = self.bots.get_mut(&bot) {
            bot.sent_ms.extend(std::iter::repeat_n(now, messages));
        }
        Ok(())
    }
}

fn within(
    sent_ms: &mut VecDeque<i64>,
    now: i64,
    window_ms: i64,
    count_max: usize,
    messages: usize,
) -> Result<(), Refusal> {
    let window_ms = window_ms - JITTER_MS;
    while sent_ms.front().is_some_and(|at| at + window_ms <= now) {
        sent_ms.pop_front();
    }
    if sent_ms.len() + messages <= count_max {
        return Ok(());
    }
    let freed = (sent_ms.len() + messages).saturating_sub(count_max + 1);
    let free_at = sent_ms.get(freed).map_or(now, |at| at + window_ms);
    // Whole seconds, rounded up: waiting for exactly that long is enough.
    Err(Refusal::too_many(((free_at - now + SECOND_MS - 1) / SECOND_MS).max(1)))
}
