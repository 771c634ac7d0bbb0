//! The control side and the page, as whoever has no Rust drives them.

use serde_json::{Value, json};
use tertulia_doubles::telegram::TelegramDouble;

use crate::client::{Bot, set_up};

struct Control {
    double: TelegramDouble,
    bot: Bot,
}

impl Control {
    async fn new() -> Self {
        let (double, bot, _) = set_up().await;
        Self { double, bot }
    }

    async fn send(&self, method: reqwest::Method, path: &str, body: Value) -> (u16, Value) {
        let request =
            self.bot.http.request(method, format!("{}/sim/{path}", self.double.base_url()));
        let request = request.header("content-type", "application/json").body(body.to_string());
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(reqwest::Method::POST, path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.send(reqwest::Method::GET, path, Value::Null).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }
}

#[tokio::test]
async fn a_whole_conversation_is_played_by_json() {
    let control = Control::new().await;
    let person = json!({"id": "9007199254740995", "first_name": "Eva", "language_code": "es"});
    let person = control.post("people", person).await;
    let chat = format!("chats/{}", person["key"].as_str().unwrap());
    let act = |what: &str| format!("{chat}/{what}");
    control.post(&act("start"), json!({"parameter": "spring"})).await;
    let said = control.post(&act("send"), json!({"text": "<i>hi</i>", "parse_mode": "HTML"})).await;
    control.post(&act("edit"), json!({"message_id": said["message_id"], "text": "hello"})).await;
    control.post(&act("album"), json!({"items": [{"photo": true}, {"photo": true}]})).await;
    control.post(&act("forward"), json!({"message": {"text": "rumour"}, "from": "A friend"})).await;
    let keyboard = json!({"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]});
    let asked = json!({"chat_id": person["id"], "text": "Sure?", "reply_markup": keyboard});
    let asked = control.bot.call("sendMessage", asked).await["message_id"].clone();
    control.post(&act("tap"), json!({"message_id": asked, "data": "yes"})).await;
    control.post(&act("react"), json!({"message_id": asked, "reaction": ["👍"]})).await;
    control.post(&act("delete"), json!({"message_id": said["message_id"]})).await;
    control.post(&act("picture"), json!({})).await;
    control.post(&act("block"), json!({"blocked": true})).await;

    let seen = control.get(&chat).await;
    assert_eq!(seen["barred"], true);
    assert_eq!(seen["messages"][0]["message"]["text"], "/start spring");
    assert_eq!(seen["messages"][1]["deleted"], true);
    assert_eq!(seen["messages"][1]["revisions"][0]["entities"][0]["type"], "italic");
    let last = seen["messages"].as_array().unwrap().last().unwrap();
    assert_eq!(last["reactions"][0]["reactions"][0]["emoji"], "👍");
    let updates = control.bot.call("getUpdates", json!({})).await;
    let query = updates.as_array().unwrap().iter().find_map(|update| update.get("callback_query"));
    let id = query.unwrap()["id"].clone();
    control.bot.call("answerCallbackQuery", json!({"callback_query_id": id, "text": "Done"})).await;
    let photos = control.bot.call("getUserProfilePhotos", json!({"user_id": person["id"]})).await;
    assert_eq!(photos["total_count"], 1);
}

#[tokio::test]
async fn what_nobody_could_do_is_refused_with_a_sentence() {
    let control = Control::new().await;
    let person = control.post("people", json!({})).await["key"].as_str().unwrap().to_owned();
    let cases = [
        ("send", json!({}), "the message has no content"),
        ("send", json!({"text": 5}), "`text` must be text"),
        ("send", json!({"text": "a", "reply_to": 9}), "there is no message 9 to reply to"),
        ("send", json!({"photo": "nothing"}), "there is no file `nothing`"),
        ("edit", json!({"text": "a"}), "`message_id` must be a number"),
        ("edit", json!({"message_id": 9, "text": "a"}), "9 is no message of this person"),
        ("tap", json!({"message_id": 9, "data": "x"}), "there is no message 9"),
        (
            "react",
            json!({"message_id": 1, "reaction": ["🪙"]}),
            "`🪙` is no emoji that Telegram offers as a reaction",
        ),
        ("member", json!({}), "there is no group"),
        ("dance", json!({}), "nobody can `dance`"),
    ];
    for (act, body, expected) in cases {
        let path = format!("chats/{person}/{act}");
        let (status, answer) = control.send(reqwest::Method::POST, &path, body).await;
        assert_eq!(status, 422, "{act}: {answer}");
        assert!(answer["error"].as_str().unwrap().starts_with(expected), "{act}: {answer}");
    }
}

#[tokio::test]
async fn faults_settings_and_the_clock_are_turned_by_json() {
    let control = Control::new().await;
    let fault = json!({"fault": "too_many_requests", "retry_after_secs": 9, "method": "getMe"});
    control.post("faults", fault.clone()).await;
    let (status, _) =
        control.send(reqwest::Method::POST, "faults", json!({"fault": "flood"})).await;
    assert_eq!(status, 422);
    assert_eq!(control.get("faults").await[0]["retry_after_secs"], 9);
    assert_eq!(control.bot.refused("getMe", json!({})).await.0, 429);
    control.send(reqwest::Method::DELETE, "faults", Value::Null).await;
    control.bot.call("getMe", json!({})).await;

    let mut settings = control.get("settings").await;
    settings["loopback_webhooks"] = json!(false);
    settings["refuse_unknown"] = json!(false);
    control.send(reqwest::Method::PUT, "settings", settings).await;
    let hook = json!({"url": "https://127.0.0.1/hook"});
    let refused = control.bot.refused("setWebhook", hook).await.1;
    assert_eq!(refused, "Bad Request: bad webhook: IP address 127.0.0.1 is reserved");
    control.bot.call("getMe", json!({"of_the_future": 1})).await;
    let violations = control.double.books().violations;
    assert!(violations.iter().any(|violation| violation.what.contains("of_the_future")));

    control.post("clock", json!({"advance_secs": 24 * 60 * 60 + 1})).await;
    assert_eq!(control.bot.call("getUpdates", json!({})).await, json!([]));
    let bot = control.double.bot().id;
    control.post(&format!("bots/{bot}/revoke"), json!({})).await;
    assert_eq!(control.bot.refused("getMe", json!({})).await.0, 401);
    let renewed = control.post(&format!("bots/{bot}/renew"), json!({})).await;
    assert_eq!(renewed["token"], control.double.token());
}

#[tokio::test]
async fn the_page_has_all_its_parts() {
    let control = Control::new().await;
    let base_url = control.double.base_url();
    let mut pending = vec!["/".to_owned()];
    let mut seen = Vec::new();
    while let Some(path) = pending.pop() {
        if seen.contains(&path) {
            continue;
        }
        let response = control.bot.http.get(format!("{base_url}{path}")).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let text = response.text().await.unwrap();
        assert!(!text.contains("innerHTML"), "{path}: text is never markup");
        let named = text.split(['"', '\'']).filter_map(|part| {
            let own = part.starts_with("/sim/page/") && part.len() > "/sim/page/".len();
            let module = part.strip_prefix("./").filter(|name| name.ends_with(".js"));
            module.map(|name| format!("/sim/page/{name}")).or(own.then(|| part.to_owned()))
        });
        pending.extend(named);
        seen.push(path);
    }
    assert_eq!(seen.len(), 9, "{seen:?}");
}

#[tokio::test]
async fn a_change_is_announced_to_who_listens() {
    let control = Control::new().await;
    let url = format!("{}/sim/events", control.double.base_url());
    let mut events = control.bot.http.get(url).send().await.unwrap();
    control.post("people", json!({})).await;
    let event = events.chunk().await.unwrap().unwrap();
    assert!(event.starts_with(b"data: "), "{event:?}");
}
