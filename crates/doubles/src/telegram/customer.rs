//! A person in a chat with a bot, as a test plays them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::sim::{Act, Actor};
use super::state::{ChatBook, Shared};

/// A person in a chat: their own with the bot, or a group.
#[derive(Debug, Clone)]
pub struct Customer {
    shared: Arc<Shared>,
    actor: Actor,
}

/// What an act made: the message that it is about, and the update if the bot listens for such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Sent {
    pub message_id: i64,
    pub update_id: Option<i64>,
}

impl Customer {
    pub(crate) fn new(shared: Arc<Shared>, bot: i64, chat: i64, user: i64) -> Self {
        Self { shared, actor: Actor { bot, chat, user } }
    }

    /// The same person in a group.
    #[must_use]
    pub fn in_group(&self, chat: i64) -> Self {
        Self { shared: Arc::clone(&self.shared), actor: Actor { chat, ..self.actor } }
    }

    /// The person's number, which is also that of the private chat.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.actor.user
    }

    #[must_use]
    pub fn chat_id(&self) -> i64 {
        self.actor.chat
    }

    /// Presses Start, with the parameter of a deep link.
    ///
    /// # Errors
    ///
    /// All acts refuse what nobody could do in Telegram, with a sentence that says what is wrong.
    pub fn starts(&self, parameter: Option<&str>) -> Act<Sent> {
        self.shared.change(|state| state.starts(self.actor, parameter))
    }

    /// Writes a text.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn says(&self, text: &str) -> Act<Sent> {
        self.sends(&json!({"text": text}))
    }

    /// Sends anything: `{"text": …}`, `{"photo": true, "caption": …}`, `{"location": {…}}`,
    /// `{"document": {"name": …, "base64": …}}`, with `reply_to` and `quote`, or a kind of the future.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn sends(&self, what: &Value) -> Act<Sent> {
        self.shared.change(|state| state.sends(self.actor, what))
    }

    /// Sends several files as one album.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn sends_album(&self, items: &[Value]) -> Act<Vec<Sent>> {
        self.shared.change(|state| state.sends_album(self.actor, items))
    }

    /// Forwards a message that somebody called `from` wrote elsewhere.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn forwards(&self, what: &Value, from: &str) -> Act<Sent> {
        self.shared.change(|state| state.forwards(self.actor, what, from))
    }

    /// Edits an own message.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn edits(&self, message_id: i64, what: &Value) -> Act<Sent> {
        self.shared.change(|state| state.edits(self.actor, message_id, what))
    }

    /// Deletes a message; no bot is told.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn deletes(&self, message_id: i64) -> Act<()> {
        self.shared.change(|state| state.deletes(self.actor, message_id))
    }

    /// Sets the reactions to a message; none takes them away.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn reacts(&self, message_id: i64, emoji: &[&str]) -> Act<Sent> {
        let emoji: Vec<String> = emoji.iter().map(|emoji| (*emoji).to_owned()).collect();
        self.shared.change(|state| state.reacts(self.actor, message_id, &emoji))
    }

    /// Taps the button with that data.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn taps(&self, message_id: i64, data: &str) -> Act<Sent> {
        self.shared.change(|state| state.taps(self.actor, message_id, data))
    }

    /// Blocks the bot, or lets it write again; answers the update.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn blocks(&self, blocked: bool) -> Act<Option<i64>> {
        self.shared.change(|state| state.blocks(self.actor, blocked))
    }

    /// Puts the bot out of the group, or in again.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn moves_bot(&self, member: bool) -> Act<Option<i64>> {
        self.shared.change(|state| state.moves_bot(self.actor, member))
    }

    /// Makes the group a supergroup; answers its new number.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn migrates(&self) -> Act<i64> {
        self.shared.change(|state| state.migrates(self.actor))
    }

    /// Puts a picture on the profile.
    ///
    /// # Errors
    ///
    /// As for `starts`.
    pub fn wears(&self, picture: &Value) -> Act<()> {
        self.shared.change(|state| state.wears(self.actor, picture))
    }

    /// The chat as this person sees it; `None` before anything was written.
    #[must_use]
    pub fn sees(&self) -> Option<ChatBook> {
        self.shared.look(|state| state.chat_book(self.actor.bot, self.actor.chat))
    }
}
