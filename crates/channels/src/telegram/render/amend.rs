//! Edits, deletions and reactions. Each can be repeated: what was done already is not done again.

use serde_json::{Value, json};
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::span::Span;

use super::super::bot::{Bot, put};
use super::super::entities::entities;
use super::super::names;
use super::super::split::{CAPTION_UNITS_MAX, split};
use super::{broken, chat_id, first_units_max, not_sendable};
use crate::call::Call;
use crate::outgoing::{Amended, OutgoingAmendment, SendError};
use crate::port::Dispatch;

/// Messages that one call deletes.
const DELETE_MAX: usize = 100;

/// The calls that tell of a change.
pub(in super::super) fn render_amendment(
    inbox: &Inbox,
    amendment: &OutgoingAmendment<'_>,
) -> Result<Dispatch, SendError> {
    let own = amendment.external_id.into_iter();
    let names: Vec<&str> = own.chain(amendment.parts.iter().map(String::as_str)).collect();
    let ids: Vec<i64> = names.into_iter().filter_map(names::message_id).collect();
    let change = Change { bot: Bot::of(inbox)?, chat_id: chat_id(amendment.address)?, ids: &ids };
    let calls = match amendment.what {
        Amended::Delete => change.delete(&ids)?,
        Amended::Reaction { emoji, .. } => vec![change.react(emoji)?],
        Amended::Edit { content, text, spans } => {
            change.edit(content, amendment.files, text, spans)?
        }
    };
    Ok(Dispatch::Calls(calls))
}

/// What is to be changed.
struct Change<'a> {
    bot: Bot<'a>,
    chat_id: i64,
    ids: &'a [i64],
}

impl Change<'_> {
    fn call(&self, method: &str, mut body: Value) -> Result<Call, SendError> {
        put(&mut body, "chat_id", json!(self.chat_id));
        Ok(Call::ready(self.bot.method(method, &body).map_err(broken)?))
    }

    fn delete(&self, ids: &[i64]) -> Result<Vec<Call>, SendError> {
        let delete = |ids: &[i64]| match ids {
            [id] => self.call("deleteMessage", json!({"message_id": id})),
            ids => self.call("deleteMessages", json!({"message_ids": ids})),
        };
        ids.chunks(DELETE_MAX).map(delete).collect()
    }

    fn react(&self, emoji: Option<&str>) -> Result<Call, SendError> {
        let Some(id) = self.ids.first() else {
            return Err(not_sendable("Telegram does not know this message".to_owned()));
        };
        let reaction: Vec<Value> =
            emoji.map(|emoji| json!({"type": "emoji", "emoji": emoji})).into_iter().collect();
        self.call("setMessageReaction", json!({"message_id": id, "reaction": reaction}))
    }

    /// The new words go where the old ones are: into the caption of the first file, and into the texts
    /// behind the files. What they no longer fill is deleted; more room cannot be made in the middle of
    /// a chat.
    fn edit(
        &self,
        content: &Content,
        files: usize,
        text: &str,
        spans: &[Span],
    ) -> Result<Vec<Call>, SendError> {
        let limit = first_units_max(content);
        let has_caption = limit == CAPTION_UNITS_MAX;
        let (media, texts) = self.ids.split_at_checked(files).unwrap_or((self.ids, &[]));
        let caption = media.first().filter(|_| has_caption);
        let pieces = split(text, spans, limit);
        let places = usize::from(caption.is_some()) + texts.len();
        if pieces.len() > places {
            let detail = "the new text is too long for the messages that it was sent in";
            return Err(not_sendable(detail.to_owned()));
        }
        let mut calls = Vec::new();
        let mut pieces = pieces.into_iter();
        if let Some(id) = caption {
            let piece = pieces.next();
            let (text, spans) = piece.map(|p| (p.text, p.spans)).unwrap_or_default();
            let mut body = json!({"message_id": id, "caption": text});
            put(&mut body, "caption_entities", Value::from(entities(&spans)));
            calls.push(self.call("editMessageCaption", body)?);
        }
        let mut unused = Vec::new();
        for id in texts {
            let Some(piece) = pieces.next() else {
                unused.push(*id);
                continue;
            };
            let mut body = json!({"message_id": id, "text": piece.text});
            put(&mut body, "entities", Value::from(entities(&piece.spans)));
            calls.push(self.call("editMessageText", body)?);
        }
        calls.extend(self.delete(&unused)?);
        Ok(calls)
    }
}
