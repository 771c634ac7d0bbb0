//! The methods of the Bot API, one file per noun. A method gets checked parameters and the books.

mod album;
mod bot_settings;
mod callbacks;
mod chats;
mod copies;
mod deletes;
mod edits;
mod files;
mod keyboards;
mod me;
mod media;
mod places;
mod polls;
mod reactions;
mod sending;
mod texts;
mod updates;
mod webhooks;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};

pub(crate) use copies::content_of;
pub(crate) use polls::poll as new_poll;
pub(crate) use reactions::is_allowed as is_reaction;
pub(crate) use updates::{Poll, poll, start_poll};

use super::refusal::Refusal;
use super::schema::Problem;
use super::state::State;

/// A file that came with a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Upload {
    pub(crate) name: Option<String>,
    pub(crate) mime: Option<String>,
    pub(crate) bytes: Bytes,
}

/// One request on its way through a method.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) bot: i64,
    pub(crate) method: &'a str,
    pub(crate) params: Map<String, Value>,
    /// By the name behind `attach://`, or by the address they were fetched from.
    pub(crate) uploads: BTreeMap<String, Upload>,
    /// Where it stands in the ledger.
    pub(crate) request: usize,
}

/// A result, and the sentence that some methods say with it.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) result: Value,
    pub(crate) description: Option<&'static str>,
}

impl From<Value> for Reply {
    fn from(result: Value) -> Self {
        Self { result, description: None }
    }
}

impl From<bool> for Reply {
    fn from(result: bool) -> Self {
        Value::Bool(result).into()
    }
}

impl From<Map<String, Value>> for Reply {
    fn from(result: Map<String, Value>) -> Self {
        Value::Object(result).into()
    }
}

impl Call<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.params.get(name).and_then(Value::as_str)
    }

    fn int(&self, name: &str) -> Option<i64> {
        self.params.get(name).and_then(Value::as_i64)
    }

    fn flag(&self, name: &str) -> bool {
        self.params.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    fn list(&self, name: &str) -> &[Value] {
        self.params.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }
}

type Outcome = Result<Reply, Refusal>;

/// The method's function; `getUpdates` waits, and is not one of these.
pub(crate) fn function(method: &str) -> Option<fn(&mut Call<'_>) -> Outcome> {
    Some(match method {
        "answerCallbackQuery" => callbacks::answer,
        "close" => me::close,
        "copyMessage" => copies::copy,
        "deleteMessage" => deletes::delete_one,
        "deleteMessages" => deletes::delete_many,
        "deleteMyCommands" => bot_settings::delete_commands,
        "deleteWebhook" => webhooks::delete,
        "editMessageCaption" => edits::caption,
        "editMessageMedia" => edits::media,
        "editMessageReplyMarkup" => edits::reply_markup,
        "editMessageText" => edits::text,
        "forwardMessage" => copies::forward,
        "getChat" => chats::get,
        "getChatMenuButton" => bot_settings::menu_button,
        "getFile" => files::get,
        "getMe" => me::get,
        "getMyCommands" => bot_settings::commands,
        "getMyDescription" | "getMyName" | "getMyShortDescription" => bot_settings::text,
        "getUserProfilePhotos" => files::profile_photos,
        "getWebhookInfo" => webhooks::info,
        "logOut" => me::log_out,
        "sendAnimation" | "sendAudio" | "sendDocument" | "sendPhoto" | "sendSticker"
        | "sendVideo" | "sendVideoNote" | "sendVoice" => media::send,
        "sendChatAction" => chats::action,
        "sendContact" => places::contact,
        "sendDice" => polls::dice,
        "sendLocation" => places::location,
        "sendMediaGroup" => album::send,
        "sendMessage" => texts::send,
        "sendPoll" => polls::send,
        "sendVenue" => places::venue,
        "setChatMenuButton" => bot_settings::set_menu_button,
        "setMessageReaction" => reactions::set,
        "setMyCommands" => bot_settings::set_commands,
        "setMyDescription" | "setMyName" | "setMyShortDescription" => bot_settings::set_text,
        "setWebhook" => webhooks::set,
        _ => return None,
    })
}

/// How Telegram would refuse what is wrong with the parameters.
pub(crate) fn refusal_of(problem: &Problem) -> Refusal {
    match problem {
        Problem::Missing(place) => Refusal::bad(&match place.as_str() {
            "chat_id" => "chat_id is empty".to_owned(),
            "from_chat_id" => "chat_id is empty".to_owned(),
            "message_id" => "message identifier is not specified".to_owned(),
            "message_ids" => "message identifiers are not specified".to_owned(),
            "text" => "message text is empty".to_owned(),
            "file_id" => "file_id not specified".to_owned(),
            "action" => "wrong parameter action in request".to_owned(),
            "latitude" | "longitude" => format!("{place} is empty"),
            "animation" | "audio" | "document" | "photo" | "sticker" | "video" | "voice" => {
                format!("there is no {place} in the request")
            }
            "video_note" => "there is no video note in the request".to_owned(),
            _ => format!("parameter \"{place}\" is required"),
        }),
        // The real server passes over what it does not know. A mistyped name is a message that
        // arrives without its buttons, so the double says it aloud; a setting turns that off.
        Problem::Unknown(place) => Refusal::bad(&format!("unknown parameter \"{place}\"")),
        Problem::Wrong { place, expected } => {
            let what = place.split(['.', '[']).next().unwrap_or_default();
            Refusal::bad(&match what {
                "reply_markup" => {
                    format!(
                        "can't parse reply keyboard markup JSON object: {place} must be {expected}"
                    )
                }
                "reply_parameters" => {
                    format!("can't parse reply parameters JSON object: {place} must be {expected}")
                }
                "entities" | "caption_entities" => {
                    format!("can't parse entities: {place} must be {expected}")
                }
                _ => format!("can't parse \"{place}\": must be {expected}"),
            })
        }
    }
}
