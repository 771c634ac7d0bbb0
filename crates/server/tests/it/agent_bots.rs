//! Agent bots written for Chatwoot: told in its words, signed in its way, speaking through its API.

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use tertulia_engine::webhooks::WebhookFollower;

use crate::app::{Client, Receiver, TestApp, on_every_engine_with};

fn beside_a_bot(body: impl AsyncFn(&mut TestApp, &Receiver)) {
    on_every_engine_with(Receiver::start, Receiver::trusted, body);
}

/// An agent bot that answers on the API inbox; its view with its secrets.
async fn install(app: &TestApp, receiver: &Receiver) -> Value {
    let admin = &app.people.administrator;
    let new = json!({"name": "Triage", "contract": "chatwoot", "url": receiver.url()});
    let made = admin.post("/v1/apps", &new).await;
    assert_eq!(made.status, 201, "{}", made.json());
    let bot = made.json();
    let place = format!("/v1/apps/{}/inboxes/{}", bot["id"], app.people.api.id);
    let placed = admin.json(Method::PUT, &place, &json!({"role": "answers"})).await;
    assert_eq!(placed.status, 200, "{}", placed.json());
    bot
}

/// A customer writes on the API inbox.
async fn hear(app: &TestApp, id: &str, text: &str) {
    let inbox = &app.people.api;
    let secrets = format!("/v1/inboxes/{}/secret", inbox.id);
    let secret = app.people.administrator.get(&secrets).await.json();
    let event = json!({
        "type": "message", "id": id, "contact": {"id": "customer-7", "name": "Bea"},
        "content": {"type": "text", "text": text},
    });
    let provider = app.nobody().with_token(secret["secret"].as_str().unwrap());
    let heard =
        provider.post(&format!("/hooks/{}", inbox.hook_token), &json!({"events": [event]})).await;
    assert_eq!(heard.status, 200, "{}", heard.json());
}

fn as_bot(app: &TestApp, bot: &Value) -> Client {
    app.nobody().with("api_access_token", bot["token"].as_str().unwrap())
}

async fn conversation(app: &TestApp) -> Value {
    let all = app.people.administrator.get("/v1/conversations").await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 1, "{all}");
    all["items"][0].clone()
}

/// Waits until the bot was told of so many events; reports of deliveries come when they come and are
/// left out.
async fn told(app: &TestApp, receiver: &Receiver, count: usize) -> Vec<Value> {
    let news = || -> Vec<Value> {
        let all = (0..receiver.count()).map(|at| receiver.body(at));
        all.filter(|told| told["event"] != "message_updated").collect()
    };
    let follower =
        || WebhookFollower::new(Arc::clone(&app.engine.clock), app.engine.contracts.clone());
    app.work_until(follower, async || news().len() >= count).await;
    assert_eq!(news().len(), count);
    news()
}

/// Each place of a payload with the types that it may have there.
#[track_caller]
fn check_shape(payload: &Value, table: &[(&str, &str)]) {
    for (pointer, types) in table {
        let found = payload.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {payload:#}"));
        let kind = match found {
            Value::Null => "null",
            Value::Bool(_) => "bool",
            Value::Number(number) if number.is_i64() => "int",
            Value::Number(_) => "float",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        assert!(types.split('|').any(|may| may == kind), "{pointer} is {kind}, not {types}");
    }
}

const CONVERSATION: &[(&str, &str)] = &[
    ("/id", "int"),
    ("/account/id", "int"),
    ("/account/name", "string"),
    ("/inbox_id", "int"),
    ("/channel", "string"),
    ("/status", "string"),
    ("/can_reply", "bool"),
    ("/contact_inbox/id", "int"),
    ("/contact_inbox/contact_id", "int"),
    ("/contact_inbox/inbox_id", "int"),
    ("/contact_inbox/source_id", "string"),
    ("/contact_inbox/created_at", "string"),
    ("/contact_inbox/updated_at", "string"),
    ("/contact_inbox/hmac_verified", "bool"),
    ("/messages", "array"),
    ("/labels", "array"),
    ("/meta/sender", "object"),
    ("/meta/assignee", "object|null"),
    ("/meta/assignee_type", "string|null"),
    ("/meta/team", "object|null"),
    ("/meta/hmac_verified", "bool"),
    ("/additional_attributes", "object"),
    ("/custom_attributes", "object"),
    ("/snoozed_until", "string|null"),
    ("/unread_count", "int"),
    ("/first_reply_created_at", "string|null"),
    ("/priority", "string|null"),
    ("/waiting_since", "int"),
    ("/agent_last_seen_at", "int"),
    ("/contact_last_seen_at", "int"),
    ("/last_activity_at", "int"),
    ("/timestamp", "int"),
    ("/created_at", "int"),
    ("/updated_at", "float"),
];

const MESSAGE: &[(&str, &str)] = &[
    ("/id", "int"),
    ("/content", "string|null"),
    ("/content_type", "string"),
    ("/content_attributes", "object"),
    ("/additional_attributes", "object"),
    ("/message_type", "string"),
    ("/private", "bool"),
    ("/source_id", "string|null"),
    ("/created_at", "string"),
    ("/account/id", "int"),
    ("/account/name", "string"),
    ("/inbox/id", "int"),
    ("/inbox/name", "string"),
    ("/sender", "object|null"),
    ("/conversation", "object"),
    ("/event", "string"),
];

#[test]
fn a_bot_is_told_what_the_customer_writes_field_by_field() {
    beside_a_bot(async |app, receiver| {
        let bot = install(app, receiver).await;
        hear(app, "m1", "Hello").await;
        receiver.called(app, 1).await;
        let told = receiver.body(0);
        check_shape(&told, MESSAGE);
        check_shape(&told["conversation"], CONVERSATION);
        assert_eq!(told["event"], "message_created");
        assert_eq!(
            (&told["message_type"], &told["content"]),
            (&json!("incoming"), &json!("Hello"))
        );
        assert_eq!(told["conversation"]["status"], "pending");
        assert_eq!(told["conversation"]["channel"], "Channel::Api");
        assert_eq!(told["conversation"]["id"], conversation(app).await["number"]);
        let sender = &told["sender"];
        assert_eq!(sender["name"], "Bea");
        assert!(sender.get("type").is_none(), "a contact has no type here");
        assert!(told.get("attachments").is_none(), "only when there are some");
        let assignee = &told["conversation"]["meta"]["assignee"];
        assert_eq!((&assignee["id"], &assignee["type"]), (&bot["id"], &json!("agent_bot")));
    });
}

#[test]
fn a_delivery_is_signed_over_the_moment_and_the_body() {
    beside_a_bot(async |app, receiver| {
        let bot = install(app, receiver).await;
        hear(app, "m1", "Hello").await;
        receiver.called(app, 1).await;
        let (headers, body) = receiver.arrival(0);
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        let secret = bot["secret"].as_str().unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{}.", header("x-chatwoot-timestamp")).as_bytes());
        mac.update(&body);
        let hex: String =
            mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(header("x-chatwoot-signature"), format!("sha256={hex}"));
        assert_eq!(header("x-chatwoot-delivery").len(), 36);
        assert_eq!(header("content-type"), "application/json");
    });
}

#[test]
fn a_bot_answers_hands_over_and_gets_the_conversation_back() {
    beside_a_bot(async |app, receiver| {
        let bot = install(app, receiver).await;
        let account = app.people.ctx.account_id;
        hear(app, "m1", "Hello").await;
        let number = told(app, receiver, 1).await[0]["conversation"]["id"].clone();
        let base = format!("/api/v1/accounts/{account}/conversations/{number}");
        let speaker = as_bot(app, &bot);
        let said = speaker.post(&format!("{base}/messages"), &json!({"content": "Hi!"})).await;
        assert_eq!(said.status, 200, "{}", said.json());
        assert_eq!(said.json()["sender"]["type"], "agent_bot");
        let news = told(app, receiver, 3).await;
        let echo = &news[1];
        assert_eq!(
            (&echo["event"], &echo["message_type"]),
            (&json!("message_created"), &json!("outgoing"))
        );
        assert_eq!(echo["sender"], json!({"id": bot["id"], "name": "Triage", "type": "agent_bot"}));
        assert_eq!(news[2]["event"], "conversation_updated", "the wait is over");

        let open = json!({"status": "open"});
        let toggled = speaker.post(&format!("{base}/toggle_status"), &open).await;
        assert_eq!(toggled.status, 200, "{}", toggled.json());
        assert_eq!(toggled.json()["payload"]["current_status"], "open");
        let news = told(app, receiver, 6).await;
        let events: Vec<&Value> = news[3..].iter().map(|told| &told["event"]).collect();
        let expected =
            ["conversation_opened", "conversation_status_changed", "conversation_updated"];
        assert_eq!(json!(events), json!(expected));
        assert_eq!(news[5]["status"], "open");
        let changed = &news[5]["changed_attributes"];
        let status = json!({"status": {"previous_value": "pending", "current_value": "open"}});
        assert!(changed.as_array().unwrap().contains(&status), "{changed}");

        let id = conversation(app).await["id"].clone();
        let admin = &app.people.administrator;
        let words = json!({"content": {"type": "text", "text": "I am here"}});
        let sent = admin.post(&format!("/v1/conversations/{id}/messages"), &words).await;
        assert_eq!(sent.status, 201, "{}", sent.json());
        let late = speaker.post(&format!("{base}/messages"), &json!({"content": "Me too"})).await;
        assert_eq!((late.status.as_u16(), &late.json()["private"]), (200, &json!(true)));

        let pending = json!({"status": "pending"});
        let program = app.people.program.clone();
        let back = program.post(&format!("{base}/toggle_status"), &pending).await;
        assert_eq!(back.status, 200, "{}", back.json());
        let now = conversation(app).await;
        assert_eq!(
            (&now["status"], &now["control"]["holder"]["id"]),
            (&json!("pending"), &bot["id"])
        );
        let again = speaker.post(&format!("{base}/messages"), &json!({"content": "Back"})).await;
        assert_eq!((again.status.as_u16(), &again.json()["private"]), (200, &json!(false)));
    });
}
