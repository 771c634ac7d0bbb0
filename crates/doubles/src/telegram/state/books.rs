//! What can be read of the books: the ledger of requests, what was really delivered, what was wrong,
//! and every chat as the people in it see it. A test holds these against the books of its own side.

use serde::Serialize;
use serde_json::{Value, json};

use super::State;

/// A request to the Bot API.
#[derive(Debug, Clone, Serialize)]
pub struct Request {
    pub at_ms: i64,
    pub bot: i64,
    pub method: String,
    pub params: Value,
    /// 200, or the code of the refusal.
    pub code: u16,
    pub description: Option<String>,
    /// The fault that met it.
    pub fault: Option<String>,
    /// The client heard the answer.
    pub answered: bool,
}

/// A message of a bot that a person really has.
#[derive(Debug, Clone, Serialize)]
pub struct Delivered {
    pub at_ms: i64,
    pub bot: i64,
    pub chat_id: i64,
    pub message_id: i64,
    pub method: String,
    pub message: Value,
    /// Where the request stands in the ledger.
    pub request: usize,
}

/// An update that was handed over, by webhook or by `getUpdates`.
#[derive(Debug, Clone, Serialize)]
pub struct Reception {
    pub at_ms: i64,
    pub bot: i64,
    pub update_id: i64,
    pub by: &'static str,
    /// What a webhook answered; 0 when no answer came.
    pub status: u16,
}

/// A request that no client should make.
#[derive(Debug, Clone, Serialize)]
pub struct Violation {
    pub at_ms: i64,
    pub bot: i64,
    pub method: String,
    pub what: String,
}

/// A copy of everything at one moment.
#[derive(Debug, Clone, Serialize)]
pub struct Books {
    pub bots: Vec<Value>,
    pub chats: Vec<ChatBook>,
    pub requests: Vec<Request>,
    pub delivered: Vec<Delivered>,
    pub receptions: Vec<Reception>,
    pub violations: Vec<Violation>,
}

/// A chat as the people in it see it.
#[derive(Debug, Clone, Serialize)]
pub struct ChatBook {
    pub bot: i64,
    pub chat_id: i64,
    /// The same number as text, for readers that would round it.
    pub key: String,
    pub title: String,
    pub group: bool,
    pub started: bool,
    pub barred: bool,
    /// What the bot is shown to be doing, such as `typing`.
    pub action: Option<String>,
    /// The reply keyboard on the person's screen.
    pub keyboard: Option<Value>,
    pub messages: Vec<Value>,
}

impl Books {
    /// The chat of a person with the first bot that has one.
    #[must_use]
    pub fn chat(&self, chat_id: i64) -> Option<&ChatBook> {
        self.chats.iter().find(|chat| chat.chat_id == chat_id)
    }

    /// Texts and captions that the bot wrote in a chat and that are still there, in their order.
    #[must_use]
    pub fn texts_from_bot(&self, chat_id: i64) -> Vec<String> {
        let messages = self.chat(chat_id).map(|chat| chat.messages.as_slice()).unwrap_or_default();
        let text = |entry: &Value| {
            let message = entry.get("message")?;
            let text = message.get("text").or_else(|| message.get("caption"))?;
            let counts = entry.get("from_bot") == Some(&json!(true))
                && entry.get("deleted") == Some(&json!(false));
            counts.then(|| text.as_str().unwrap_or_default().to_owned())
        };
        messages.iter().filter_map(text).collect()
    }

    /// Requests of one method.
    #[must_use]
    pub fn requests_of(&self, method: &str) -> Vec<&Request> {
        self.requests.iter().filter(|request| request.method == method).collect()
    }
}

impl State {
    pub(crate) fn books(&self) -> Books {
        Books {
            bots: self.bots.values().map(bot_book).collect(),
            chats: self
                .chats
                .keys()
                .filter_map(|(bot, chat)| self.chat_book(*bot, *chat))
                .collect(),
            requests: self.ledger.clone(),
            delivered: self.delivered.clone(),
            receptions: self.receptions.clone(),
            violations: self.violations.clone(),
        }
    }

    pub(crate) fn chat_book(&self, bot: i64, chat: i64) -> Option<ChatBook> {
        let chat = self.chats.get(&(bot, chat))?;
        let entries = chat.entries.iter().map(|(id, entry)| {
            json!({
                "message_id": id,
                "from_bot": entry.author.is_none(),
                "message": entry.message,
                "deleted": entry.deleted,
                "revisions": entry.revisions,
                "reactions": entry.reactions.iter().map(|(who, reactions)| json!({
                    "by": who, "from_bot": *who == bot, "reactions": reactions,
                })).collect::<Vec<_>>(),
            })
        });
        let shown = chat.action.as_ref().filter(|(_, until)| *until > self.now_ms);
        Some(ChatBook {
            bot,
            chat_id: chat.id,
            key: chat.id.to_string(),
            title: if chat.is_group() { chat.title.clone() } else { self.name_of(chat.id) },
            group: chat.is_group(),
            started: chat.started,
            barred: chat.barred,
            action: shown.map(|(action, _)| action.clone()),
            keyboard: chat.keyboard.clone(),
            messages: entries.collect(),
        })
    }

    pub(crate) fn name_of(&self, person: i64) -> String {
        let Some(person) = self.people.get(&person) else { return String::new() };
        let last = person.about.last_name.iter().map(|last| format!(" {last}"));
        person.about.first_name.clone() + &last.collect::<String>()
    }

    pub(crate) fn violation(&mut self, bot: i64, method: &str, what: String) {
        let at_ms = self.now_ms;
        self.violations.push(Violation { at_ms, bot, method: method.to_owned(), what });
    }
}

fn bot_book(bot: &super::Bot) -> Value {
    let texts = bot.texts.iter().map(|((setting, language), text)| {
        json!({"setting": setting, "language": language, "text": text})
    });
    let commands = bot.commands.iter().map(|((scope, language), commands)| {
        json!({"scope": scope, "language": language, "commands": commands})
    });
    json!({
        "id": bot.id,
        "token": bot.token,
        "name": bot.name,
        "username": bot.username,
        "webhook": bot.webhook.as_ref().map(|webhook| json!({
            "url": webhook.url, "secret_token": webhook.secret_token,
            "max_connections": webhook.max_connections,
            "last_error_message": webhook.last_error.as_ref().map(|(_, text)| text),
        })),
        "allowed_updates": bot.allowed_updates,
        "polling": bot.polling,
        "pending_updates": bot.queue.len(),
        "texts": texts.collect::<Vec<_>>(),
        "commands": commands.collect::<Vec<_>>(),
        "callbacks": bot.callbacks,
    })
}
