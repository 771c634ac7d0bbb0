//! Every method with requests that it takes and requests that it refuses, in Telegram's words.
//! Results are held against the published description by `Bot::call`.

use serde_json::{Value, json};

use crate::client::{Bot, set_up};

/// Kinds of files; the bot may send each of them again.
const MEDIA: &[&str] =
    &["photo", "document", "audio", "voice", "video", "video_note", "animation", "sticker"];

/// The tables name what is in the chat: the person, a message of theirs, a text and a photo of the bot,
/// a tap on its button, and files such as `$voice_file`. `$x9` is a text of nine letters.
struct Scene {
    bot: Bot,
    values: Vec<(String, Value)>,
    double: tertulia_doubles::telegram::TelegramDouble,
}

/// A chat with one message of each sort.
async fn scene() -> Scene {
    let (double, bot, ana) = set_up().await;
    let theirs = ana.says("from the customer").unwrap().message_id;
    for media in MEDIA {
        ana.sends(&json!({*media: true})).unwrap();
    }
    let id = ana.id();
    let mut values: Vec<(String, Value)> = Vec::new();
    for (entry, media) in ana.sees().unwrap().messages[2..].iter().zip(MEDIA) {
        let media_object = &entry["message"][*media];
        let file = media_object.get("file_id").unwrap_or(&media_object[1]["file_id"]);
        values.push((format!("${media}_file"), file.clone()));
    }
    let markup = json!({"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]});
    let ours = json!({"chat_id": id, "text": "from the bot", "reply_markup": markup});
    let ours = bot.call("sendMessage", ours).await["message_id"].clone();
    let (_, photo_file) = &values[0];
    let photo = json!({"chat_id": id, "photo": photo_file, "caption": "look"});
    let photo = bot.call("sendPhoto", photo).await["message_id"].clone();
    ana.taps(ours.as_i64().unwrap(), "yes").unwrap();
    let query =
        bot.call("getUpdates", json!({"offset": -1})).await[0]["callback_query"]["id"].clone();
    let named = [
        ("ana", id.into()),
        ("ours", ours),
        ("photo", photo),
        ("theirs", theirs.into()),
        ("query", query),
    ];
    values.extend(named.map(|(name, value)| (format!("${name}"), value)));
    Scene { bot, values, double }
}

impl Scene {
    /// The table's value with the scene's numbers in their places.
    fn fill(&self, value: Value) -> Value {
        match value {
            Value::String(text) => {
                if let Some(units) = text.strip_prefix("$x") {
                    return "x".repeat(units.parse().unwrap()).into();
                }
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

/// Rows of method and parameters.
#[tokio::test]
async fn good_requests_are_taken() {
    let good: Vec<(String, Value)> =
        serde_json::from_str(include_str!("good_requests.json")).unwrap();
    let scene = scene().await;
    for (method, params) in good {
        scene.bot.call(&method, scene.fill(params)).await;
    }
}

/// Rows of method, parameters, and what Telegram says behind "Bad Request: ".
#[tokio::test]
async fn bad_requests_are_refused_in_telegrams_words() {
    let bad: Vec<(String, Value, String)> =
        serde_json::from_str(include_str!("bad_requests.json")).unwrap();
    let scene = scene().await;
    let delivered = scene.double.books().delivered.len();
    for (method, params, expected) in bad {
        let params = scene.fill(params);
        let (code, text) = scene.bot.refused(&method, params.clone()).await;
        assert_eq!((code, text), (400, format!("Bad Request: {expected}")), "{method} {params}");
    }
    let books = scene.double.books();
    assert_eq!(books.delivered.len(), delivered, "a refused request delivers nothing");
    assert!(books.violations.iter().any(|violation| violation.what.contains("txt")));
}

#[tokio::test]
async fn every_method_of_the_description_is_in_the_table() {
    let (_double, bot, ana) = set_up().await;
    let (code, text) = bot.refused("sendInvoice", json!({"chat_id": ana.id()})).await;
    assert_eq!((code, text.as_str()), (404, "Not Found: method not found"));
    let good = include_str!("good_requests.json");
    for method in include_str!("../../src/telegram/schema/methods.txt").lines() {
        assert!(good.contains(&format!("[\"{method}\", ")), "{method}");
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
