//! The way there and back: a person writes, a bot hears it by polling or by webhook and answers, and
//! what is sent is what is in the books.

use serde_json::{Value, json};
use tertulia_doubles::telegram::{Fault, FaultKind, NewUser, faults_of, faults_of_result};

use crate::client::{Bot, set_up};
use crate::target::Target;

#[tokio::test]
async fn a_message_goes_both_ways() {
    let (double, bot, ana) = set_up().await;
    ana.says("Where is my order? 👋").unwrap();
    let updates = bot.call("getUpdates", json!({})).await;
    assert_eq!(updates[0]["message"]["text"], "/start");
    assert_eq!(updates[1]["message"]["text"], "Where is my order? 👋");
    assert_eq!(updates[1]["message"]["chat"]["id"], ana.id());
    let next = updates[1]["update_id"].as_i64().unwrap() + 1;
    assert_eq!(bot.call("getUpdates", json!({"offset": next})).await, json!([]));

    let sent = bot.call("sendMessage", json!({"chat_id": ana.id(), "text": "On its way"})).await;
    assert_eq!(sent["message_id"], 3);
    let books = double.books();
    assert_eq!(books.texts_from_bot(ana.id()), ["On its way"]);
    assert_eq!(books.delivered.len(), 1);
    assert!(books.violations.is_empty(), "{:?}", books.violations);
}

#[tokio::test]
async fn a_poll_waits_and_ends_when_another_begins() {
    let (double, bot, ana) = set_up().await;
    bot.call("getUpdates", json!({})).await;
    let last = bot.call("getUpdates", json!({"offset": -1})).await;
    let offset = last[0]["update_id"].as_i64().unwrap() + 1;
    let poll = json!({"offset": offset, "timeout": 20});
    let waiting = |bot: &Bot| {
        let bot = Bot { http: bot.http.clone(), base_url: bot.base_url.clone() };
        let poll = poll.clone();
        async move { bot.ask("getUpdates", poll).await }
    };
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(waiting(&bot));
    double.wait_for(|books| books.bots[0]["polling"] == true).await.unwrap();
    tasks.spawn(waiting(&bot));
    let first = tasks.join_next().await.unwrap().unwrap();
    assert_eq!(first["error_code"], 409);
    assert_eq!(
        first["description"],
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
    ana.says("now").unwrap();
    let second = tasks.join_next().await.unwrap().unwrap();
    assert_eq!(second["result"][0]["message"]["text"], "now");
}

#[tokio::test]
async fn a_webhook_gets_everything_once_with_its_secret_and_again_after_a_refusal() {
    let (double, bot, ana) = set_up().await;
    let target = Target::start().await;
    target.kept.statuses.lock().unwrap().extend([500, 503]);
    let hook = json!({"url": target.url, "secret_token": "s3cret"});
    let set = bot.ask("setWebhook", hook).await;
    assert_eq!(set["description"], "Webhook was set");
    let sent = ana.says("hello").unwrap();
    let done = |books: &tertulia_doubles::telegram::Books| books.bots[0]["pending_updates"] == 0;
    let books = double.wait_for(done).await.unwrap();
    assert_eq!(target.update_ids().last(), sent.update_id.as_ref());
    assert_eq!(books.receptions.iter().filter(|reception| reception.status == 200).count(), 2);
    assert_eq!(target.kept.updates.lock().unwrap()[0].1.as_deref(), Some("s3cret"));
    let info = bot.call("getWebhookInfo", json!({})).await;
    assert_eq!(
        info["last_error_message"],
        "Wrong response from the webhook: 503 Service Unavailable"
    );
    let (code, text) = bot.refused("getUpdates", json!({})).await;
    assert_eq!(code, 409);
    assert!(text.starts_with("Conflict: can't use getUpdates method while webhook is active"));
}

#[tokio::test]
async fn a_killed_double_cuts_its_connections_and_keeps_its_books() {
    let (double, bot, ana) = set_up().await;
    let poll = bot.ask("getUpdates", json!({"offset": -1})).await;
    let offset = poll["result"][0]["update_id"].as_i64().unwrap() + 1;
    let (http, base_url) = (bot.http.clone(), bot.base_url.clone());
    let waiting = Bot { http, base_url };
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(async move {
        waiting.try_ask("getUpdates", json!({"offset": offset, "timeout": 50})).await
    });
    double.wait_for(|books| books.bots[0]["polling"] == true).await.unwrap();
    double.stop().await;
    assert!(tasks.join_next().await.unwrap().unwrap().is_err());
    assert!(bot.try_ask("getMe", json!({})).await.is_err());
    ana.says("is anybody there?").unwrap();
    double.restart().await.unwrap();
    let updates = bot.call("getUpdates", json!({"offset": offset})).await;
    assert_eq!(updates[0]["message"]["text"], "is anybody there?");
}

#[tokio::test]
async fn a_dropped_response_leaves_the_message_in_the_books() {
    let (double, bot, ana) = set_up().await;
    double.fault(Fault::once(FaultKind::DropResponse).of("sendMessage").in_chat(ana.id()));
    let params = json!({"chat_id": ana.id(), "text": "once"});
    assert!(bot.try_ask("sendMessage", params).await.is_err());
    let books = double.books();
    assert_eq!(books.texts_from_bot(ana.id()), ["once"]);
    assert!(!books.requests_of("sendMessage")[0].answered);
}

#[tokio::test]
async fn files_go_both_ways() {
    let (_double, bot, ana) = set_up().await;
    ana.sends(&json!({"document": {"name": "a.txt", "base64": "aGVsbG8="}, "caption": "see"}))
        .unwrap();
    let updates = bot.call("getUpdates", json!({})).await;
    let document = &updates[1]["message"]["document"];
    let file = bot.call("getFile", json!({"file_id": document["file_id"]})).await;
    let path = file["file_path"].as_str().unwrap();
    // Some clients write the colon of the token in this way.
    let url = bot.base_url.replace("/bot", "/file/bot").replace(":AA", "%3AAA");
    let bytes = bot.http.get(format!("{url}/{path}")).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(&bytes[..], b"hello");

    let id = ana.id().to_string();
    let photo = [("chat_id", None, id.as_str()), ("photo", Some("p.png"), "not really")];
    let sent = upload(&bot, "sendPhoto", &photo).await;
    assert_eq!(sent["result"]["photo"][1]["file_size"], 10, "{sent}");

    // An album in which each item comes in another way: with the request, by address, by id.
    let files = axum::Router::new().route("/far.txt", axum::routing::get(|| async { "far away" }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let far = format!("http://{}/far.txt", listener.local_addr().unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, files).await.unwrap() });
    let media = json!([
        {"type": "document", "media": "attach://near"},
        {"type": "document", "media": far},
        {"type": "document", "media": document["file_id"], "caption": "three"},
    ]);
    let album = [
        ("chat_id", None, id.as_str()),
        ("media", None, &media.to_string()),
        ("near", Some("near.txt"), "near"),
    ];
    let sent = upload(&bot, "sendMediaGroup", &album).await;
    assert_eq!(faults_of_result("sendMediaGroup", &sent["result"]), Vec::<String>::new());
    let names: Vec<&Value> =
        (0..3).map(|index| &sent["result"][index]["document"]["file_name"]).collect();
    assert_eq!(names, ["near.txt", "far.txt", "a.txt"]);
    assert_eq!(sent["result"][1]["document"]["file_size"], 8);
    let gone = json!({"chat_id": ana.id(), "document": far.replace("far.txt", "gone.txt")});
    let (_, text) = bot.refused("sendDocument", gone).await;
    assert_eq!(text, "Bad Request: failed to get HTTP URL content");
}

/// Sends a form with files: name, file name if it is one, content.
async fn upload(bot: &Bot, method: &str, parts: &[(&str, Option<&str>, &str)]) -> Value {
    let mut body = String::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("Content-Disposition: form-data; name=\"{name}\"{file}");
        body.push_str(&format!("--b0undary\r\n{head}\r\n\r\n{content}\r\n"));
    }
    body.push_str("--b0undary--\r\n");
    let request = bot.http.post(format!("{}/{method}", bot.base_url)).body(body);
    let request = request.header("content-type", "multipart/form-data; boundary=b0undary");
    serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn every_kind_that_a_person_sends_is_as_the_description_says() {
    let (double, bot, ana) = set_up().await;
    bot.call(
        "setWebhook",
        json!({"url": "http://127.0.0.1:1/", "allowed_updates":
        ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"]}),
    )
    .await;
    bot.call("deleteWebhook", json!({"drop_pending_updates": true})).await;
    for media in
        ["photo", "document", "audio", "voice", "video", "video_note", "animation", "sticker"]
    {
        ana.sends(&json!({media: true})).unwrap();
    }
    let place = json!({"latitude": 55.75, "longitude": 37.62});
    ana.sends(&json!({"location": place})).unwrap();
    ana.sends(&json!({"venue": {"location": place, "title": "Café", "address": "1 Road"}}))
        .unwrap();
    ana.sends(&json!({"contact": {"phone_number": "+34600000000", "first_name": "Eva"}})).unwrap();
    ana.sends(&json!({"poll": {"question": "Tea?", "options": ["Yes", "No"]}})).unwrap();
    ana.sends(&json!({"dice": {"emoji": "🎲", "value": 4}})).unwrap();
    ana.sends_album(&[json!({"photo": true}), json!({"photo": true, "caption": "two"})]).unwrap();
    ana.forwards(&json!({"text": "rumour"}), "A friend").unwrap();
    let own = ana.says("first words").unwrap();
    ana.sends(&json!({"text": "as I said", "reply_to": own.message_id, "quote": "words"})).unwrap();
    ana.edits(own.message_id, &json!({"text": "other words"})).unwrap();
    let keyboard = json!({"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]});
    let asked = json!({"chat_id": ana.id(), "text": "Right?", "reply_markup": keyboard});
    let asked = bot.call("sendMessage", asked).await["message_id"].as_i64().unwrap();
    ana.taps(asked, "yes").unwrap();
    ana.reacts(asked, &["👍"]).unwrap();
    ana.blocks(true).unwrap();
    ana.blocks(false).unwrap();
    let group = double.add_group("Friends");
    let in_group = ana.in_group(group);
    in_group.says("hello all").unwrap();
    in_group.moves_bot(false).unwrap();
    in_group.moves_bot(true).unwrap();
    in_group.migrates().unwrap();
    let updates = bot.call("getUpdates", json!({})).await;
    assert!(updates.as_array().unwrap().len() > 25, "{updates}");
    for update in updates.as_array().unwrap() {
        assert_eq!(faults_of("Update", update), Vec::<String>::new(), "{update}");
    }
}

#[tokio::test]
async fn numbers_beyond_53_bits_and_kinds_of_the_future_pass() {
    let (double, bot, _) = set_up().await;
    let far = double.customer(NewUser { id: Some(9_007_199_254_740_995), ..NewUser::named("Far") });
    far.sends(&json!({"hologram": {"depth": 3}})).unwrap();
    let updates = bot.ask("getUpdates", json!({"offset": -1})).await["result"].clone();
    assert_eq!(updates[0]["message"]["hologram"]["depth"], 3);
    let sent = json!({"chat_id": 9_007_199_254_740_995_i64, "text": "here"});
    assert_eq!(bot.call("sendMessage", sent).await["chat"]["id"], 9_007_199_254_740_995_i64);
}
