//! Every method with requests that it takes and requests that it refuses, in Telegram's words.
//! Results are held against the published description by `Bot::call`.

use serde_json::{Value, json};

use crate::client::{Bot, set_up};

/// What stands for the person's number in the tables below.
const ANA: &str = "$ana";
/// A message of the bot with text and a button.
const OURS: &str = "$ours";
/// A photo of the bot.
const PHOTO: &str = "$photo";
/// A message of the person.
const THEIRS: &str = "$theirs";
/// A document that the bot may send again.
const FILE: &str = "$file";
/// A photo's file.
const PHOTO_FILE: &str = "$photo_file";

struct Scene {
    bot: Bot,
    values: Vec<(&'static str, Value)>,
    _double: tertulia_doubles::telegram::TelegramDouble,
}

/// A chat with one message of each sort.
async fn scene() -> Scene {
    let (double, bot, ana) = set_up().await;
    let theirs = ana.says("from the customer").unwrap().message_id;
    let document = ana.sends(&json!({"document": true})).unwrap().message_id;
    let photo = ana.sends(&json!({"photo": true})).unwrap().message_id;
    let id = ana.id();
    let seen = ana.sees().unwrap().messages;
    let message = |wanted: i64| &seen[usize::try_from(wanted - 1).unwrap()]["message"];
    let file = message(document)["document"]["file_id"].clone();
    let photo_file = message(photo)["photo"][1]["file_id"].clone();
    let markup = json!({"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]});
    let ours = json!({"chat_id": id, "text": "from the bot", "reply_markup": markup});
    let ours = bot.call("sendMessage", ours).await["message_id"].clone();
    let photo = json!({"chat_id": id, "photo": photo_file, "caption": "look"});
    let photo = bot.call("sendPhoto", photo).await["message_id"].clone();
    let values = vec![
        (ANA, id.into()),
        (OURS, ours),
        (PHOTO, photo),
        (THEIRS, theirs.into()),
        (FILE, file),
        (PHOTO_FILE, photo_file),
    ];
    Scene { bot, values, _double: double }
}

impl Scene {
    /// The table's value with the scene's numbers in their places.
    fn fill(&self, value: Value) -> Value {
        match value {
            Value::String(text) => {
                let known = self.values.iter().find(|(name, _)| *name == text);
                known.map_or(Value::String(text), |(_, value)| value.clone())
            }
            Value::Array(items) => items.into_iter().map(|item| self.fill(item)).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(key, value)| (key, self.fill(value))).collect()
            }
            other => other,
        }
    }
}

fn long(units: usize) -> String {
    "x".repeat(units)
}

fn button(button: Value) -> Value {
    json!({"chat_id": ANA, "text": "a", "reply_markup": {"inline_keyboard": [[button]]}})
}

fn album(media: Value) -> Value {
    json!({"chat_id": ANA, "media": media})
}

fn item(kind: &str, media: &str) -> Value {
    json!({"type": kind, "media": media})
}

#[tokio::test]
async fn good_requests_are_taken() {
    let place = json!({"chat_id": ANA, "latitude": 41.4, "longitude": 2.17});
    let venue = json!({"chat_id": ANA, "latitude": 41.4, "longitude": 2.17, "title": "Café",
                       "address": "Road 1"});
    let command = json!([{"command": "help", "description": "What I can do"}]);
    let good: Vec<(&str, Value)> = vec![
        ("getMe", json!({})),
        ("sendMessage", json!({"chat_id": ANA, "text": long(4096)})),
        ("sendMessage", json!({"chat_id": ANA, "text": "<b>bold</b>", "parse_mode": "HTML"})),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "re", "reply_parameters":
            {"message_id": THEIRS, "quote": "customer"}}),
        ),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "re", "reply_parameters":
            {"message_id": 999, "allow_sending_without_reply": true}}),
        ),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "a", "reply_markup":
            {"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": true}}),
        ),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "a", "reply_markup":
            {"remove_keyboard": true}}),
        ),
        ("sendMessage", button(json!({"text": "Yes", "callback_data": long(64)}))),
        ("sendMessage", button(json!({"text": "Site", "url": "https://example.org/a"}))),
        ("sendPhoto", json!({"chat_id": ANA, "photo": PHOTO_FILE, "has_spoiler": true})),
        ("sendDocument", json!({"chat_id": ANA, "document": FILE, "caption": long(1024)})),
        ("sendLocation", place),
        ("sendVenue", venue),
        ("sendContact", json!({"chat_id": ANA, "phone_number": "+34", "first_name": "Eva"})),
        (
            "sendPoll",
            json!({"chat_id": ANA, "question": "Tea?",
            "options": [{"text": "Yes"}, {"text": "No"}]}),
        ),
        ("sendDice", json!({"chat_id": ANA, "emoji": "🏀"})),
        ("sendMediaGroup", album(json!([item("photo", PHOTO_FILE), item("photo", PHOTO_FILE)]))),
        ("sendMediaGroup", album(json!([item("document", FILE), item("document", FILE)]))),
        ("sendChatAction", json!({"chat_id": ANA, "action": "typing"})),
        ("copyMessage", json!({"chat_id": ANA, "from_chat_id": ANA, "message_id": THEIRS})),
        ("forwardMessage", json!({"chat_id": ANA, "from_chat_id": ANA, "message_id": THEIRS})),
        ("editMessageReplyMarkup", json!({"chat_id": ANA, "message_id": OURS})),
        ("editMessageText", json!({"chat_id": ANA, "message_id": OURS, "text": "better"})),
        ("editMessageCaption", json!({"chat_id": ANA, "message_id": PHOTO, "caption": "closer"})),
        (
            "editMessageMedia",
            json!({"chat_id": ANA, "message_id": PHOTO,
            "media": {"type": "document", "media": FILE, "caption": "the file"}}),
        ),
        (
            "setMessageReaction",
            json!({"chat_id": ANA, "message_id": THEIRS,
            "reaction": [{"type": "emoji", "emoji": "❤"}], "is_big": true}),
        ),
        ("setMessageReaction", json!({"chat_id": ANA, "message_id": THEIRS, "reaction": []})),
        ("getFile", json!({"file_id": FILE})),
        ("getUserProfilePhotos", json!({"user_id": ANA})),
        ("getChat", json!({"chat_id": ANA})),
        ("setMyCommands", json!({"commands": command, "language_code": "es"})),
        ("getMyCommands", json!({"language_code": "es"})),
        ("deleteMyCommands", json!({"scope": {"type": "all_private_chats"}})),
        ("setMyName", json!({"name": "Shop"})),
        ("getMyName", json!({})),
        ("setMyDescription", json!({"description": "We answer at once."})),
        ("getMyDescription", json!({})),
        ("setMyShortDescription", json!({"short_description": "Shop"})),
        ("getMyShortDescription", json!({})),
        ("setChatMenuButton", json!({"menu_button": {"type": "commands"}})),
        ("getChatMenuButton", json!({"chat_id": ANA})),
        (
            "setWebhook",
            json!({"url": "https://example.org/hook", "max_connections": 100,
            "secret_token": "A_b-1", "allowed_updates": ["message", "message_reaction"]}),
        ),
        ("getWebhookInfo", json!({})),
        ("deleteWebhook", json!({"drop_pending_updates": true})),
        ("getUpdates", json!({"timeout": 0, "limit": 1, "allowed_updates": []})),
        ("deleteMessage", json!({"chat_id": ANA, "message_id": THEIRS})),
        ("deleteMessages", json!({"chat_id": ANA, "message_ids": [OURS, 999]})),
        ("close", json!({})),
        ("logOut", json!({})),
    ];
    let scene = scene().await;
    for (method, params) in good {
        scene.bot.call(method, scene.fill(params)).await;
    }
}

/// What each method says no to, and how: without "Bad Request: " in front.
fn bad_texts() -> Vec<(&'static str, Value, &'static str)> {
    let reply =
        |id: i64| json!({"chat_id": ANA, "text": "a", "reply_parameters": {"message_id": id}});
    let parsed = |text: &str, mode: &str| json!({"chat_id": ANA, "text": text, "parse_mode": mode});
    vec![
        ("sendMessage", json!({"text": "a"}), "chat_id is empty"),
        ("sendMessage", json!({"chat_id": "", "text": "a"}), "chat_id is empty"),
        ("sendMessage", json!({"chat_id": 5, "text": "a"}), "chat not found"),
        ("sendMessage", json!({"chat_id": "@nobody", "text": "a"}), "chat not found"),
        ("sendMessage", json!({"chat_id": ANA}), "message text is empty"),
        ("sendMessage", json!({"chat_id": ANA, "text": " \n "}), "message text is empty"),
        ("sendMessage", json!({"chat_id": ANA, "text": long(4097)}), "message is too long"),
        ("sendMessage", json!({"chat_id": ANA, "text": 5}), "can't parse \"text\": must be String"),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "a", "txt": 1}),
            "unknown parameter \"txt\"",
        ),
        (
            "sendMessage",
            parsed("<b>", "HTML"),
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ("sendMessage", parsed("a", "BBCode"), "unsupported parse_mode"),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "a", "entities": [
            {"type": "bold", "offset": 0, "length": 5}]}),
            "can't parse entities: entity beginning at UTF-16 offset 0 ends at offset 5, which is not a place in the text",
        ),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "a", "entities": [
            {"type": "bold", "length": 1}]}),
            "parameter \"entities[0].offset\" is required",
        ),
        ("sendMessage", reply(999), "message to be replied not found"),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "a", "reply_parameters":
            {"message_id": THEIRS, "quote": "never said"}}),
            "QUOTE_TEXT_INVALID",
        ),
        (
            "sendMessage",
            button(json!({"text": "Yes", "callback_data": long(65)})),
            "BUTTON_DATA_INVALID",
        ),
        ("sendMessage", button(json!({"text": "Yes", "callback_data": ""})), "BUTTON_DATA_INVALID"),
        (
            "sendMessage",
            button(json!({"text": "Yes"})),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            button(json!({"text": "Yes", "url": "not an address"})),
            "inline keyboard button URL 'not an address' is invalid: Wrong HTTP URL",
        ),
        (
            "sendMessage",
            json!({"chat_id": ANA, "text": "a", "reply_markup": "{"}),
            "can't parse reply keyboard markup JSON object: reply_markup must be InlineKeyboardMarkup or ReplyKeyboardMarkup or ReplyKeyboardRemove or ForceReply",
        ),
    ]
}

fn bad_media() -> Vec<(&'static str, Value, &'static str)> {
    let eleven: Vec<Value> = (0..11).map(|_| item("photo", PHOTO_FILE)).collect();
    let options = |count: usize| vec![json!({"text": "x"}); count];
    vec![
        ("sendPhoto", json!({"chat_id": ANA}), "there is no photo in the request"),
        (
            "sendPhoto",
            json!({"chat_id": ANA, "photo": "attach://gone"}),
            "there is no photo in the request",
        ),
        (
            "sendPhoto",
            json!({"chat_id": ANA, "photo": "AgACnothing"}),
            "wrong file identifier/HTTP URL specified",
        ),
        (
            "sendPhoto",
            json!({"chat_id": ANA, "photo": FILE}),
            "can't use file of type document as photo",
        ),
        (
            "sendPhoto",
            json!({"chat_id": ANA, "photo": "http://127.0.0.1:1/p.png"}),
            "failed to get HTTP URL content",
        ),
        (
            "sendPhoto",
            json!({"chat_id": ANA, "photo": PHOTO_FILE, "caption": long(1025)}),
            "message caption is too long",
        ),
        (
            "sendMediaGroup",
            album(json!([item("photo", PHOTO_FILE)])),
            "too few media to send as an album",
        ),
        ("sendMediaGroup", album(json!(eleven)), "too many messages to send as an album"),
        (
            "sendMediaGroup",
            album(json!([item("photo", PHOTO_FILE), item("document", FILE)])),
            "Document can't be mixed with other media types",
        ),
        (
            "sendLocation",
            json!({"chat_id": ANA, "latitude": 91, "longitude": 0}),
            "invalid geo point specified",
        ),
        ("sendLocation", json!({"chat_id": ANA, "longitude": 0}), "latitude is empty"),
        (
            "sendVenue",
            json!({"chat_id": ANA, "latitude": 1, "longitude": 0, "title": "", "address": "a"}),
            "venue title must be non-empty",
        ),
        (
            "sendContact",
            json!({"chat_id": ANA, "phone_number": "+1", "first_name": ""}),
            "contact first name must be non-empty",
        ),
        (
            "sendPoll",
            json!({"chat_id": ANA, "question": "", "options": options(2)}),
            "poll question must be non-empty",
        ),
        (
            "sendPoll",
            json!({"chat_id": ANA, "question": "q", "options": options(13)}),
            "poll can't have more than 12 options",
        ),
        ("sendDice", json!({"chat_id": ANA, "emoji": "🪙"}), "wrong dice emoji specified"),
        (
            "sendChatAction",
            json!({"chat_id": ANA, "action": "thinking"}),
            "wrong parameter action in request",
        ),
        ("getFile", json!({"file_id": "nothing"}), "invalid file_id"),
        ("getUserProfilePhotos", json!({"user_id": 5}), "user not found"),
        ("getChat", json!({"chat_id": 5}), "chat not found"),
    ]
}

fn bad_changes() -> Vec<(&'static str, Value, &'static str)> {
    let at = |id: &str| json!({"chat_id": ANA, "message_id": id});
    let edit = |id: Value, text: &str| json!({"chat_id": ANA, "message_id": id, "text": text});
    let react =
        |reaction: Value| json!({"chat_id": ANA, "message_id": THEIRS, "reaction": reaction});
    let emoji = |emoji: &str| json!({"type": "emoji", "emoji": emoji});
    vec![
        (
            "copyMessage",
            json!({"chat_id": ANA, "from_chat_id": ANA, "message_id": 999}),
            "message to copy not found",
        ),
        (
            "forwardMessage",
            json!({"chat_id": ANA, "from_chat_id": ANA, "message_id": 999}),
            "message to forward not found",
        ),
        ("editMessageText", edit(json!(999), "a"), "message to edit not found"),
        ("editMessageText", edit(json!(THEIRS), "a"), "message can't be edited"),
        ("editMessageText", edit(json!(PHOTO), "a"), "there is no text in the message to edit"),
        (
            "editMessageText",
            json!({"chat_id": ANA, "message_id": OURS, "text": "from the bot",
            "reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}}),
            "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        ),
        ("editMessageText", json!({"text": "a"}), "message identifier is not specified"),
        (
            "editMessageCaption",
            json!({"chat_id": ANA, "message_id": OURS, "caption": "a"}),
            "there is no caption in the message to edit",
        ),
        (
            "deleteMessage",
            json!({"chat_id": ANA, "message_id": 999}),
            "message to delete not found",
        ),
        (
            "deleteMessages",
            json!({"chat_id": ANA, "message_ids": []}),
            "message identifiers are not specified",
        ),
        ("setMessageReaction", react(json!([emoji("🪙")])), "REACTION_INVALID"),
        ("setMessageReaction", react(json!([emoji("👍"), emoji("🔥")])), "REACTIONS_TOO_MANY"),
        ("setMessageReaction", react(json!([{"type": "paid"}])), "REACTION_INVALID"),
        (
            "setMessageReaction",
            json!({"chat_id": ANA, "message_id": 999, "reaction": []}),
            "message to react not found",
        ),
        (
            "answerCallbackQuery",
            json!({"callback_query_id": "1"}),
            "query is too old and response timeout expired or query ID is invalid",
        ),
        (
            "setMyCommands",
            json!({"commands": [{"command": "Help me", "description": "x"}]}),
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            json!({"commands": [{"command": "help", "description": ""}]}),
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("setMyDescription", json!({"description": long(513)}), "bot description is too long"),
        (
            "setMyShortDescription",
            json!({"short_description": long(121)}),
            "bot short description is too long",
        ),
        ("deleteMessage", at("seven"), "can't parse \"message_id\": must be Integer"),
        (
            "setWebhook",
            json!({"url": "http://example.org/"}),
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            json!({"url": "https://example.org:444/"}),
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ("setWebhook", json!({"url": "not an address"}), "invalid webhook URL specified"),
        (
            "setWebhook",
            json!({"url": "https://example.org/", "secret_token": "a b"}),
            "secret token contains unallowed characters",
        ),
        (
            "setWebhook",
            json!({"url": "https://example.org/", "secret_token": long(257)}),
            "secret token is too long",
        ),
    ]
}

#[tokio::test]
async fn bad_requests_are_refused_in_telegrams_words() {
    let scene = scene().await;
    let delivered = scene._double.books().delivered.len();
    for (method, params, expected) in
        bad_texts().into_iter().chain(bad_media()).chain(bad_changes())
    {
        let params = scene.fill(params);
        let (code, text) = scene.bot.refused(method, params.clone()).await;
        assert_eq!((code, text), (400, format!("Bad Request: {expected}")), "{method} {params}");
    }
    let books = scene._double.books();
    assert_eq!(books.delivered.len(), delivered, "a refused request delivers nothing");
    assert!(books.violations.iter().any(|violation| violation.what.contains("txt")));
}

#[tokio::test]
async fn every_method_of_the_description_is_in_the_table() {
    let (_double, bot, ana) = set_up().await;
    let (code, text) = bot.refused("sendInvoice", json!({"chat_id": ana.id()})).await;
    assert_eq!((code, text.as_str()), (404, "Not Found: method not found"));
    for method in include_str!("../../src/telegram/schema/methods.txt").lines() {
        // Whatever it says to nothing at all, it knows the method.
        let answer = bot.ask(method, json!({"logged_in": true})).await;
        assert_ne!(answer["error_code"], 404, "{method}: {answer}");
    }
}

#[tokio::test]
async fn names_are_read_in_any_case_and_parameters_in_all_four_forms() {
    let (_double, bot, ana) = set_up().await;
    bot.call("SendMessage", json!({"chat_id": ana.id(), "text": "json"})).await;
    let query = format!("{}/sendMessage?chat_id={}&text=query", bot.base_url, ana.id());
    bot.http.get(query).send().await.unwrap().error_for_status().unwrap();
    let form = format!("chat_id={}&text=form&disable_notification=True", ana.id());
    let request = bot.http.post(format!("{}/sendmessage", bot.base_url)).body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.send().await.unwrap().error_for_status().unwrap();
    let books = _double.books();
    assert_eq!(books.texts_from_bot(ana.id()), ["json", "query", "form"]);
}
