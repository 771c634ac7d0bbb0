//! A message of ours as calls of the Bot API: the same message gives the same calls every time.

mod amend;
mod files;

use serde_json::{Value, json};
use tertulia_domain::MessageId;
use tertulia_domain::content::{Button, Card, Content};
use tertulia_domain::inbox::Inbox;
use tertulia_net::Error;

use super::bot::{Bot, put};
use super::entities::entities;
use super::keyboard::keyboard;
use super::names;
use super::split::{CAPTION_UNITS_MAX, Piece, TEXT_UNITS_MAX, split};
use crate::call::{Call, CallBody};
use crate::outgoing::{Errand, Outgoing, SendError};
use crate::port::Dispatch;

pub(super) use amend::render_amendment;

/// The calls that are to be made, as they are put together.
struct Plan<'a> {
    bot: Bot<'a>,
    chat_id: i64,
    /// Only the first call answers something.
    reply_to: Option<i64>,
    calls: Vec<Call>,
}

/// The calls that deliver a message.
pub(super) fn render(inbox: &Inbox, outgoing: &Outgoing<'_>) -> Result<Dispatch, SendError> {
    let mut plan = Plan {
        bot: Bot::of(inbox)?,
        chat_id: chat_id(outgoing.address)?,
        reply_to: outgoing.reply_to.and_then(names::message_id),
        calls: Vec::new(),
    };
    match outgoing.content {
        Content::Text { text } => plan.texts(split(text, outgoing.spans, TEXT_UNITS_MAX), None)?,
        Content::Image { text }
        | Content::File { text }
        | Content::Audio { text }
        | Content::Video { text }
        | Content::Sticker { text } => {
            let limit = first_units_max(outgoing.content);
            plan.files(outgoing, split(text, outgoing.spans, limit))?;
        }
        Content::Location { latitude, longitude, title, address } => {
            plan.location(*latitude, *longitude, title, address)?;
        }
        Content::Contact { name, phones, .. } => match phones.first() {
            Some(phone) => {
                plan.call("sendContact", json!({"phone_number": phone, "first_name": name}))?;
            }
            None => plan.texts(split(outgoing.text, &[], TEXT_UNITS_MAX), None)?,
        },
        Content::Buttons { text, buttons } => {
            let keys = keyboard(outgoing.message_id, buttons, 0);
            plan.texts(split(text, outgoing.spans, TEXT_UNITS_MAX), Some(keys))?;
        }
        Content::Cards { cards } => plan.cards(outgoing.message_id, cards)?,
        Content::Form { .. }
        | Content::Reply { .. }
        | Content::Template { .. }
        | Content::Email { .. }
        | Content::Unsupported { .. }
        | Content::Activity { .. } => {
            let kind = outgoing.content.kind();
            return Err(not_sendable(format!("Telegram cannot carry content of the type {kind}")));
        }
    }
    Ok(Dispatch::Calls(plan.calls))
}

/// The call that runs an errand.
pub(super) fn render_errand(inbox: &Inbox, errand: &Errand<'_>) -> Option<Call> {
    let bot = Bot::of(inbox).ok()?;
    let request = match errand {
        Errand::AnswerTap { tap_id } => {
            bot.method("answerCallbackQuery", &json!({"callback_query_id": tap_id}))
        }
        Errand::Typing { address } => {
            let chat_id = chat_id(address).ok()?;
            bot.method("sendChatAction", &json!({"chat_id": chat_id, "action": "typing"}))
        }
    };
    Some(Call::ready(request.ok()?))
}

/// How much of a message's text the first call takes. A sticker has no caption.
fn first_units_max(content: &Content) -> u32 {
    let has_caption = content.needs_attachment() && !matches!(content, Content::Sticker { .. });
    if has_caption { CAPTION_UNITS_MAX } else { TEXT_UNITS_MAX }
}

fn chat_id(address: &str) -> Result<i64, SendError> {
    address.parse().map_err(|_| not_sendable("the address is no chat of Telegram".to_owned()))
}

fn not_sendable(detail: String) -> SendError {
    SendError::Rejected { code: "not_sendable".to_owned(), detail }
}

fn broken(error: Error) -> SendError {
    not_sendable(error.to_string())
}

impl Plan<'_> {
    /// A message for each piece; the buttons are under the last one.
    fn texts(&mut self, pieces: Vec<Piece>, keyboard: Option<Value>) -> Result<(), SendError> {
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.into_iter().enumerate() {
            let mut body = json!({"text": piece.text});
            if let Some(keyboard) = keyboard.as_ref().filter(|_| index == last) {
                put(&mut body, "reply_markup", keyboard.clone());
            }
            let marks = entities(&piece.spans);
            if marks.is_empty() {
                self.call("sendMessage", body)?;
                continue;
            }
            let mut plain = body.clone();
            put(&mut body, "entities", Value::from(marks));
            self.address(&mut plain);
            self.call("sendMessage", body)?;
            let plain = self.bot.method("sendMessage", &plain).map_err(broken)?;
            if let Some(call) = self.calls.last_mut() {
                call.plain = Some(CallBody::Ready(Box::new(plain)));
            }
        }
        Ok(())
    }

    fn location(
        &mut self,
        latitude: f64,
        longitude: f64,
        title: &str,
        address: &str,
    ) -> Result<(), SendError> {
        let mut body = json!({"latitude": latitude, "longitude": longitude});
        if title.is_empty() && address.is_empty() {
            return self.call("sendLocation", body);
        }
        // A place with a name needs both.
        put(&mut body, "title", json!(if title.is_empty() { address } else { title }));
        put(&mut body, "address", json!(if address.is_empty() { title } else { address }));
        self.call("sendVenue", body)
    }

    /// A message for each card, with its picture if it has one.
    fn cards(&mut self, message: MessageId, cards: &[Card]) -> Result<(), SendError> {
        let mut first = 0;
        for card in cards {
            let words = match card.subtitle.as_str() {
                "" => card.title.clone(),
                subtitle => format!("{}\n{subtitle}", card.title),
            };
            let mut body = match &card.image_url {
                Some(url) => json!({"photo": url, "caption": words}),
                None => json!({"text": words}),
            };
            if !card.buttons.is_empty() {
                put(&mut body, "reply_markup", keyboard(message, &card.buttons, first));
            }
            first += card.buttons.len();
            let method = if card.image_url.is_some() { "sendPhoto" } else { "sendMessage" };
            self.call(method, body)?;
        }
        Ok(())
    }

    fn call(&mut self, method: &str, mut body: Value) -> Result<(), SendError> {
        self.address(&mut body);
        self.reply_to = None;
        let request = self.bot.method(method, &body).map_err(broken)?;
        self.calls.push(Call::ready(request));
        Ok(())
    }

    fn address(&self, body: &mut Value) {
        put(body, "chat_id", json!(self.chat_id));
        if let Some(message_id) = self.reply_to {
            put(body, "reply_parameters", reply_parameters(message_id));
        }
    }
}

/// What is answered may be gone by now; the answer matters more.
fn reply_parameters(message_id: i64) -> Value {
    json!({"message_id": message_id, "allow_sending_without_reply": true})
}

/// Every button of a message, in the order in which they are numbered.
#[must_use]
pub fn buttons(content: &Content) -> Vec<&Button> {
    match content {
        Content::Buttons { buttons, .. } => buttons.iter().collect(),
        Content::Cards { cards } => cards.iter().flat_map(|card| &card.buttons).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
