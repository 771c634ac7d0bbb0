//! Groups: the bot is added and removed, and a group becomes a supergroup under another number.

use serde_json::{Map, Value, json};

use super::acts::{Act, Actor};
use crate::telegram::state::State;

/// Where the numbers of supergroups begin.
const SUPERGROUP_BASE: i64 = -1_002_000_000_000;

impl State {
    /// Puts the bot into a group, or out of it.
    pub(crate) fn moves_bot(&mut self, actor: Actor, member: bool) -> Act<Option<i64>> {
        let chat = self.chats.get_mut(&(actor.bot, actor.chat)).filter(|chat| chat.is_group());
        let chat = chat.ok_or_else(|| format!("there is no group {}", actor.chat))?;
        if std::mem::replace(&mut chat.barred, !member) != member {
            return Ok(None);
        }
        Ok(self.tell_membership(actor, if member { "member" } else { "kicked" }))
    }

    /// The group becomes a supergroup; answers its new number. The old one is refused from now on.
    pub(crate) fn migrates(&mut self, actor: Actor) -> Act<i64> {
        let chat = self.chats.get(&(actor.bot, actor.chat));
        let chat = chat.filter(|chat| chat.is_group() && chat.migrated_to.is_none());
        let chat = chat.ok_or_else(|| format!("there is no group {} to migrate", actor.chat))?;
        let (title, members) = (chat.title.clone(), chat.members.clone());
        let new = SUPERGROUP_BASE - self.serial();
        self.add_group(actor.bot, &title, Some(new));
        if let Some(chat) = self.chats.get_mut(&(actor.bot, new)) {
            chat.members = members;
        }
        let note = |state: &mut Self, chat: i64, key: &str, other: i64| {
            let mut content = Map::new();
            content.insert(key.to_owned(), json!(other));
            let author = Some(actor.user).filter(|user| state.people.contains_key(user));
            let message = state.post(actor.bot, chat, author, content);
            state.tell(actor.bot, chat, "message", Value::Object(message));
        };
        note(self, actor.chat, "migrate_to_chat_id", new);
        note(self, new, "migrate_from_chat_id", actor.chat);
        if let Some(chat) = self.chats.get_mut(&(actor.bot, actor.chat)) {
            chat.migrated_to = Some(new);
        }
        Ok(new)
    }
}
