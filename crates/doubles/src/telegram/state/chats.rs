//! Chats, and the messages in them as everyone in the chat would see them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use super::State;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Private,
    Group,
    Supergroup,
}

#[derive(Debug)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) members: BTreeSet<i64>,
    /// The person pressed Start, or the bot was added.
    pub(crate) started: bool,
    /// The person blocked the bot, or the bot was removed from the group.
    pub(crate) barred: bool,
    pub(crate) migrated_to: Option<i64>,
    pub(crate) entries: BTreeMap<i64, Entry>,
    next_message_id: i64,
    /// The last chat action, and until when it is shown.
    pub(crate) action: Option<(String, i64)>,
    pub(crate) sent_ms: VecDeque<i64>,
    /// The reply keyboard on the person's screen.
    pub(crate) keyboard: Option<Value>,
}

/// A message and what happened to it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// As the Bot API shows it.
    pub(crate) message: Map<String, Value>,
    /// The person who wrote it; `None` is the bot.
    pub(crate) author: Option<i64>,
    pub(crate) deleted: bool,
    /// What it was before each edit.
    pub(crate) revisions: Vec<Value>,
    /// By who reacted.
    pub(crate) reactions: BTreeMap<i64, Vec<Value>>,
}

impl Chat {
    fn new(id: i64, kind: Kind, title: &str) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            members: BTreeSet::new(),
            started: false,
            barred: false,
            migrated_to: None,
            entries: BTreeMap::new(),
            next_message_id: 1,
            action: None,
            sent_ms: VecDeque::new(),
            keyboard: None,
        }
    }

    pub(crate) fn is_group(&self) -> bool {
        self.kind != Kind::Private
    }

    /// A message that has not been deleted.
    pub(crate) fn entry(&self, message_id: i64) -> Option<&Entry> {
        self.entries.get(&message_id).filter(|entry| !entry.deleted)
    }

    pub(crate) fn entry_mut(&mut self, message_id: i64) -> Option<&mut Entry> {
        self.entries.get_mut(&message_id).filter(|entry| !entry.deleted)
    }

    fn take_message_id(&mut self) -> i64 {
        let id = self.next_message_id;
        self.next_message_id += 1;
        id
    }
}

impl Entry {
    /// Replaces the message and keeps what it was.
    pub(crate) fn edit(&mut self, message: Map<String, Value>) {
        let before = std::mem::replace(&mut self.message, message);
        self.revisions.push(Value::Object(before));
    }
}

impl State {
    /// The private chat of a person with a bot, made when it is first looked at.
    pub(crate) fn private_chat(&mut self, bot: i64, person: i64) -> &mut Chat {
        self.chats.entry((bot, person)).or_insert_with(|| {
            let mut chat = Chat::new(person, Kind::Private, "");
            chat.members.insert(person);
            chat
        })
    }

    pub(crate) fn add_group(&mut self, bot: i64, title: &str, id: Option<i64>) -> i64 {
        let id = id.unwrap_or_else(|| -4_000_000_000 - self.serial());
        let kind = if id < -1_000_000_000_000 { Kind::Supergroup } else { Kind::Group };
        let mut chat = Chat::new(id, kind, title);
        chat.started = true;
        self.chats.insert((bot, id), chat);
        id
    }

    /// The chat as a `Chat`, inside messages.
    pub(crate) fn chat_json(&self, bot: i64, chat: i64) -> Value {
        let Some(chat) = self.chats.get(&(bot, chat)) else { return json!({}) };
        let kind = match chat.kind {
            Kind::Private => {
                let person = self.people.get(&chat.id);
                let mut user = person.map(super::Person::user).unwrap_or_default();
                if let Some(user) = user.as_object_mut() {
                    user.shift_remove("is_bot");
                    user.shift_remove("language_code");
                    user.insert("type".to_owned(), "private".into());
                }
                return user;
            }
            Kind::Group => "group",
            Kind::Supergroup => "supergroup",
        };
        json!({"id": chat.id, "title": chat.title, "type": kind})
    }

    /// Writes a message into a chat: `content` gets its number, date, chat and sender.
    pub(crate) fn post(
        &mut self,
        bot: i64,
        chat: i64,
        author: Option<i64>,
        content: Map<String, Value>,
    ) -> Map<String, Value> {
        let from = match author {
            Some(person) => self.people.get(&person).map(super::Person::user),
            None => self.bots.get(&bot).map(super::Bot::user),
        };
        let (date, chat_json) = (self.now_secs(), self.chat_json(bot, chat));
        let Some(chat) = self.chats.get_mut(&(bot, chat)) else { return content };
        let id = chat.take_message_id();
        let mut message = Map::new();
        message.insert("message_id".to_owned(), id.into());
        message.insert("from".to_owned(), from.unwrap_or_default());
        message.insert("chat".to_owned(), chat_json);
        message.insert("date".to_owned(), date.into());
        message.extend(content);
        let entry = Entry {
            message: message.clone(),
            author,
            deleted: false,
            revisions: Vec::new(),
            reactions: BTreeMap::new(),
        };
        chat.entries.insert(id, entry);
        message
    }
}
