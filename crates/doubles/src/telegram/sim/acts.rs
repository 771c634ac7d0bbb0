//! What people do in Telegram: each act changes the books and tells the bot as Telegram would.

use serde_json::{Map, Value, json};

use super::content;
use crate::telegram::customer::Sent;
use crate::telegram::methods::{content_of, is_reaction};
use crate::telegram::state::{Chat, Kind, Person, State};

/// Who acts, where, towards which bot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Actor {
    pub(crate) bot: i64,
    pub(crate) chat: i64,
    pub(crate) user: i64,
}

/// An act that cannot be: the sentence is for who wrote the test.
pub(crate) type Act<T> = Result<T, String>;

impl State {
    /// The actor's chat, with the person in it.
    fn enter(&mut self, actor: Actor) -> Act<&mut Chat> {
        if !self.people.contains_key(&actor.user) {
            return Err(format!("nobody has the number {}", actor.user));
        }
        if actor.chat == actor.user {
            return Ok(self.private_chat(actor.bot, actor.user));
        }
        let chat = self.chats.get_mut(&(actor.bot, actor.chat));
        let chat = chat.ok_or_else(|| format!("there is no chat {}", actor.chat))?;
        if let Some(to) = chat.migrated_to {
            return Err(format!("the group is now the supergroup {to}"));
        }
        chat.members.insert(actor.user);
        Ok(chat)
    }

    /// The same, for someone who is about to write: the first message to a bot starts it.
    fn writes(&mut self, actor: Actor) -> Act<&mut Chat> {
        let chat = self.enter(actor)?;
        if chat.barred && chat.kind == Kind::Private {
            return Err("the bot is blocked: unblock it, or press Start".to_owned());
        }
        chat.started = true;
        Ok(chat)
    }

    /// Presses Start, with the parameter of a deep link.
    pub(crate) fn starts(&mut self, actor: Actor, parameter: Option<&str>) -> Act<Sent> {
        self.blocks(actor, false)?;
        let text = match parameter {
            Some(parameter) => format!("/start {parameter}"),
            None => "/start".to_owned(),
        };
        self.sends(actor, &json!({"text": text}))
    }

    /// Sends anything; what the double does not know goes into the message as it is.
    pub(crate) fn sends(&mut self, actor: Actor, what: &Value) -> Act<Sent> {
        let chat = self.writes(actor)?;
        let replied = content::replied_to(chat, what)?;
        let mut message = content::build(self, actor.bot, what)?;
        message.extend(replied);
        Ok(self.says(actor, message))
    }

    /// Sends several photos or files as one album: messages of their own with one number.
    pub(crate) fn sends_album(&mut self, actor: Actor, items: &[Value]) -> Act<Vec<Sent>> {
        self.writes(actor)?;
        let group = format!("{}", 13_000_000_000_000_000 + self.serial());
        let built: Act<Vec<_>> =
            items.iter().map(|item| content::build(self, actor.bot, item)).collect();
        let send = |mut message: Map<String, Value>| {
            message.insert("media_group_id".to_owned(), group.as_str().into());
            self.says(actor, message)
        };
        Ok(built?.into_iter().map(send).collect())
    }

    fn says(&mut self, actor: Actor, content: Map<String, Value>) -> Sent {
        let message = self.post(actor.bot, actor.chat, Some(actor.user), content);
        let message_id = number(&message, "message_id");
        // A bot hears nothing from a group that it is not in.
        let barred = self.chats.get(&(actor.bot, actor.chat)).is_some_and(|chat| chat.barred);
        let update_id = (!barred)
            .then(|| self.tell(actor.bot, actor.chat, "message", Value::Object(message)))
            .flatten();
        Sent { message_id, update_id }
    }

    /// Changes the text or the caption of an own message.
    pub(crate) fn edits(&mut self, actor: Actor, message_id: i64, what: &Value) -> Act<Sent> {
        let now = self.now_secs();
        let content = content::build(self, actor.bot, what)?;
        let entry = self.enter(actor)?.entry_mut(message_id);
        let entry = entry.filter(|entry| entry.author == Some(actor.user));
        let entry = entry.ok_or_else(|| format!("{message_id} is no message of this person"))?;
        let mut message = entry.message.clone();
        if what.get("text").is_some() {
            message.retain(|key, _| key != "entities");
        }
        if what.get("caption").is_some() {
            message.retain(|key, _| key != "caption_entities");
        }
        message.extend(content);
        message.insert("edit_date".to_owned(), now.into());
        entry.edit(message.clone());
        let message = Value::Object(message);
        let update_id = self.tell(actor.bot, actor.chat, "edited_message", message);
        Ok(Sent { message_id, update_id })
    }

    /// Deletes a message for everyone. Telegram tells no bot.
    pub(crate) fn deletes(&mut self, actor: Actor, message_id: i64) -> Act<()> {
        let entry = self.enter(actor)?.entry_mut(message_id);
        entry.ok_or_else(|| format!("there is no message {message_id}"))?.deleted = true;
        Ok(())
    }

    /// Sets the person's reactions to a message; none takes them away.
    pub(crate) fn reacts(&mut self, actor: Actor, message_id: i64, emoji: &[String]) -> Act<Sent> {
        if let Some(other) = emoji.iter().find(|emoji| !is_reaction(emoji)) {
            return Err(format!("`{other}` is no emoji that Telegram offers as a reaction"));
        }
        let new: Vec<Value> =
            emoji.iter().map(|emoji| json!({"type": "emoji", "emoji": emoji})).collect();
        let entry = self.enter(actor)?.entry_mut(message_id);
        let entry = entry.ok_or_else(|| format!("there is no message {message_id}"))?;
        let old = entry.reactions.insert(actor.user, new.clone()).unwrap_or_default();
        let update = json!({
            "chat": self.chat_json(actor.bot, actor.chat),
            "message_id": message_id,
            "user": self.people.get(&actor.user).map(Person::user),
            "date": self.now_secs(),
            "old_reaction": old,
            "new_reaction": new,
        });
        let update_id = self.tell(actor.bot, actor.chat, "message_reaction", update);
        Ok(Sent { message_id, update_id })
    }

    /// Taps a button under a message of the bot.
    pub(crate) fn taps(&mut self, actor: Actor, message_id: i64, data: &str) -> Act<Sent> {
        let entry = self.enter(actor)?.entry(message_id);
        let entry = entry.ok_or_else(|| format!("there is no message {message_id}"))?;
        let rows =
            entry.message.get("reply_markup").and_then(|markup| markup.get("inline_keyboard"));
        let mut buttons = rows.and_then(Value::as_array).into_iter().flatten();
        let has = |row: &Value| {
            let row = row.as_array().map(Vec::as_slice).unwrap_or_default();
            row.iter().any(|button| button.get("callback_data") == Some(&json!(data)))
        };
        if !buttons.any(has) {
            return Err(format!("message {message_id} has no button with the data `{data}`"));
        }
        let message = entry.message.clone();
        let id = format!("{}", 4_000_000_000_000_000_000_i64 + self.serial());
        if let Some(bot) = self.bots.get_mut(&actor.bot) {
            bot.callbacks.insert(id.clone(), None);
        }
        let update = json!({
            "id": id,
            "from": self.people.get(&actor.user).map(Person::user),
            "message": message,
            "chat_instance": format!("{}", -actor.chat),
            "data": data,
        });
        let update_id = self.tell(actor.bot, actor.chat, "callback_query", update);
        Ok(Sent { message_id, update_id })
    }

    /// Forwards what somebody else wrote elsewhere: a message of any chat, under a name of its own.
    pub(crate) fn forwards(&mut self, actor: Actor, what: &Value, from: &str) -> Act<Sent> {
        let date = self.now_secs();
        self.writes(actor)?;
        let mut message = content_of(&content::build(self, actor.bot, what)?);
        let origin = json!({"type": "hidden_user", "sender_user_name": from, "date": date});
        message.insert("forward_origin".to_owned(), origin);
        Ok(self.says(actor, message))
    }

    /// Blocks the bot, or lets it write again.
    pub(crate) fn blocks(&mut self, actor: Actor, blocked: bool) -> Act<Option<i64>> {
        let chat = self.enter(actor)?;
        if chat.kind != Kind::Private {
            return Err("only a private chat can be blocked".to_owned());
        }
        if std::mem::replace(&mut chat.barred, blocked) == blocked {
            return Ok(None);
        }
        Ok(self.tell_membership(actor, if blocked { "kicked" } else { "member" }))
    }

    /// Tells the bot that its place in a chat has changed.
    pub(super) fn tell_membership(&mut self, actor: Actor, status: &str) -> Option<i64> {
        let bot = self.bots.get(&actor.bot)?.user();
        let member = |status: &str| match status {
            "kicked" => json!({"status": status, "user": bot, "until_date": 0}),
            _ => json!({"status": status, "user": bot}),
        };
        let old = if status == "member" { "kicked" } else { "member" };
        let update = json!({
            "chat": self.chat_json(actor.bot, actor.chat),
            "from": self.people.get(&actor.user).map(Person::user),
            "date": self.now_secs(),
            "old_chat_member": member(old),
            "new_chat_member": member(status),
        });
        self.tell(actor.bot, actor.chat, "my_chat_member", update)
    }

    /// Takes a bot's token away, or gives it back.
    pub(crate) fn set_revoked(&mut self, bot: i64, revoked: bool) {
        if let Some(bot) = self.bots.get_mut(&bot) {
            bot.revoked = revoked;
        }
    }
}

pub(super) fn number(message: &Map<String, Value>, key: &str) -> i64 {
    message.get(key).and_then(Value::as_i64).unwrap_or_default()
}
