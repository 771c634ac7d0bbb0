//! `setMessageReaction`: a bot sets one emoji of the list, or none.

use serde_json::{Value, json};

use super::sending::target;
use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;

/// The emoji that the Bot API lists for `ReactionTypeEmoji`.
const ALLOWED: &str = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u{200d}🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u{200d}💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u{200d}♂ 🤷 🤷\u{200d}♀ 😡";

/// Telegram passes over the variation selector that many keyboards add.
pub(crate) fn is_allowed(emoji: &str) -> bool {
    let plain = emoji.trim_end_matches('\u{fe0f}');
    ALLOWED.split(' ').any(|allowed| allowed == plain)
}

pub(super) fn set(call: &mut Call<'_>) -> Outcome {
    let reactions = call.list("reaction").to_vec();
    if reactions.len() > 1 {
        return Err(Refusal::bad("REACTIONS_TOO_MANY"));
    }
    for reaction in &reactions {
        let emoji = reaction.get("emoji").and_then(Value::as_str).unwrap_or_default();
        if reaction.get("type") != Some(&json!("emoji")) || !is_allowed(emoji) {
            return Err(Refusal::bad("REACTION_INVALID"));
        }
    }
    let chat = target(call)?;
    let id = call.int("message_id").unwrap_or_default();
    let chat = call.state.chats.get_mut(&(call.bot, chat));
    let Some(entry) = chat.and_then(|chat| chat.entry_mut(id)) else {
        return Err(Refusal::bad("message to react not found"));
    };
    if reactions.is_empty() {
        entry.reactions.remove(&call.bot);
    } else {
        entry.reactions.insert(call.bot, reactions);
    }
    Ok(true.into())
}
