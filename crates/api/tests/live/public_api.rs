//! `/public/api/v1`: customers of an API inbox by themselves, and what they cannot reach.

use axum::body::Body;
use axum::http::Request;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tertulia_domain::ConversationId;
use tertulia_domain::content::{Button, Content};
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::Visibility;
use tertulia_domain::user::Role;
use tertulia_engine::inboxes::{Create, create, secrets};
use tertulia_engine::messages;
use tertulia_engine::visitors::customers;
use tertulia_store::Scope;
use tertulia_store::conversations::{Viewer, by_number};

use crate::world::{Answer, Person, World};

/// An API inbox with an app of the business in front of it.
pub(crate) struct App {
    pub(crate) key: String,
    identity_secret: String,
}

/// A customer of it.
pub(crate) struct Somebody {
    base: String,
    pub(crate) source_id: String,
    pub(crate) pubsub_token: String,
    pub(crate) id: i64,
}

impl App {
    pub(crate) async fn of(world: &World, administrator: &Person) -> Self {
        let ctx = world.ctx(administrator).await;
        let command = Create {
            name: "Our app".to_owned(),
            channel: Channel::Api,
            settings: Default::default(),
        };
        let made = create(&world.engine, &ctx, command).await.unwrap();
        let (account, id) = (world.account, made.id);
        let read = world
            .engine
            .store
            .read(Scope::Account(account), move |tx| tertulia_store::inboxes::get(tx, account, id));
        let inbox = read.await.unwrap().unwrap();
        let identity_secret = secrets(&world.engine, &ctx, id).await.unwrap().identity_secret;
        Self { key: customers::public_key(account, &inbox), identity_secret }
    }

    pub(crate) async fn come(&self, world: &World, body: Value) -> Answer {
        let path = format!("/public/api/v1/inboxes/{}/contacts", self.key);
        world.call("POST", &path, None, Some(body)).await
    }

    pub(crate) async fn customer(&self, world: &World) -> Somebody {
        self.somebody(&self.come(world, json!({"name": "Cora"})).await)
    }

    fn somebody(&self, answer: &Answer) -> Somebody {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let text = |name: &str| answer.body[name].as_str().expect(name).to_owned();
        let source_id = text("source_id");
        Somebody {
            base: format!("/public/api/v1/inboxes/{}/contacts/{source_id}", self.key),
            source_id,
            pubsub_token: text("pubsub_token"),
            id: answer.body["id"].as_i64().unwrap(),
        }
    }

    pub(crate) async fn conversation(&self, world: &World, number: i64) -> ConversationId {
        let account = world.account;
        let read = world.engine.store.read(Scope::Account(account), move |tx| {
            by_number(tx, account, Viewer::SYSTEM, number)
        });
        read.await.unwrap().expect("a conversation")
    }

    fn hash(&self, identifier: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.identity_secret.as_bytes()).unwrap();
        mac.update(identifier.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Somebody {
    pub(crate) async fn call(
        &self,
        world: &World,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        world.call(method, &format!("{}{path}", self.base), None, body).await
    }

    /// The number of the open conversation.
    pub(crate) async fn open(&self, world: &World) -> i64 {
        let answer = self.call(world, "POST", "/conversations", Some(json!({}))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body["id"].as_i64().unwrap()
    }

    pub(crate) async fn say(&self, world: &World, number: i64, text: &str) -> Value {
        let path = format!("/conversations/{number}/messages");
        let body = json!({"content": text, "echo_id": format!("echo-{text}")});
        let answer = self.call(world, "POST", &path, Some(body)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }
}

#[tokio::test]
async fn a_customer_comes_writes_reads_and_closes() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let app = App::of(&world, &ana).await;
    let inbox = world.call("GET", &format!("/public/api/v1/inboxes/{}", app.key), None, None).await;
    assert_eq!((inbox.status, &inbox.body["name"]), (200, &json!("Our app")));
    let cora = app.customer(&world).await;
    let number = cora.open(&world).await;
    assert_eq!(cora.open(&world).await, number, "one is open at a time");
    let said = cora.say(&world, number, "Hello").await;
    assert_eq!(said["message_type"], 0);
    assert_eq!(said["echo_id"], "echo-Hello");
    assert_eq!(cora.say(&world, number, "Hello").await["id"], said["id"], "the same echo");
    let conversation = app.conversation(&world, number).await;
    world.answer(&ana, conversation.0, Visibility::Note, "psst").await;
    world.answer(&ana, conversation.0, Visibility::Public, "Hi!").await;
    let path = format!("/conversations/{number}/messages");
    let listed = cora.call(&world, "GET", &path, None).await.body;
    let texts: Vec<&Value> = listed.as_array().unwrap().iter().map(|m| &m["content"]).collect();
    assert_eq!(texts, [&json!("Hello"), &json!("Hi!")]);
    assert_eq!(listed[1]["sender"]["name"], "ana");
    let before = format!("{path}?before={}", listed[1]["id"]);
    assert_eq!(cora.call(&world, "GET", &before, None).await.body.as_array().unwrap().len(), 1);
    for (verb, body) in [
        ("update_last_seen", json!({})),
        ("toggle_typing", json!({"typing_status": "on"})),
        ("toggle_status", json!({})),
    ] {
        let path = format!("/conversations/{number}/{verb}");
        assert_eq!(cora.call(&world, "POST", &path, Some(body)).await.status, 200, "{verb}");
    }
    let whole = cora.call(&world, "GET", &format!("/conversations/{number}"), None).await.body;
    assert_eq!(whole["status"], "resolved");
    assert_eq!(whole["messages"].as_array().unwrap().len(), 2);
    let all = cora.call(&world, "GET", "/conversations", None).await.body;
    assert_eq!(all.as_array().unwrap().len(), 1);
    let told = json!({"name": "Cora Dias", "email": "cora@example.com"});
    let changed = cora.call(&world, "PATCH", "", Some(told)).await.body;
    assert_eq!((&changed["name"], &changed["id"]), (&json!("Cora Dias"), &json!(cora.id)));
}

#[tokio::test]
async fn a_file_and_its_caption_are_one_message() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let app = App::of(&world, &ana).await;
    let cora = app.customer(&world).await;
    let number = cora.open(&world).await;
    let part = |disposition: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{value}\r\n")
    };
    let body = part("name=\"content\"", "my list")
        + &part("name=\"attachments[]\"; filename=\"list.txt\"", "milk")
        + "--b--\r\n";
    let request = Request::post(format!("{}/conversations/{number}/messages", cora.base))
        .header("content-type", "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .unwrap();
    let answer = world.send(request).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["content"], "my list");
    assert_eq!(answer.body["attachments"][0]["file_type"], "file");
    let blank = format!("/conversations/{number}/messages");
    let refused = cora.call(&world, "POST", &blank, Some(json!({"content": " "}))).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn a_tapped_button_is_a_reply_for_people_and_part_of_the_question_for_the_app() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let app = App::of(&world, &ana).await;
    let cora = app.customer(&world).await;
    let number = cora.open(&world).await;
    cora.say(&world, number, "Hello").await;
    let button = Button { id: "blue".into(), title: "Blue".into(), url: None };
    let command = messages::Send {
        conversation: app.conversation(&world, number).await,
        content: Content::Buttons { text: "Colour?".into(), buttons: vec![button] },
        spans: Vec::new(),
        visibility: Visibility::Public,
        client_id: None,
        external_id: None,
        reply_to: None,
        attachments: Vec::new(),
        expected_seq: None,
    };
    let ctx = world.ctx(&ana).await;
    let asked = messages::send(&world.engine, &ctx, command).await.unwrap();
    let path = format!("/conversations/{number}/messages/{}", asked.id);
    let values = json!({"submitted_values": [{"title": "Blue", "value": "blue"}]});
    for _ in 0..2 {
        let answer = cora.call(&world, "PATCH", &path, Some(values.clone())).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.body["id"], json!(asked.id));
        let submitted = &answer.body["content_attributes"]["submitted_values"];
        assert_eq!(*submitted, values["submitted_values"]);
    }
    let listed = cora.call(&world, "GET", &format!("/conversations/{number}/messages"), None).await;
    let texts: Vec<&Value> =
        listed.body.as_array().unwrap().iter().map(|m| &m["content"]).collect();
    assert_eq!(texts, [&json!("Hello"), &json!("Colour?"), &json!("Blue")], "tapped twice is once");
    let wrong = cora.call(&world, "PATCH", &path, Some(json!({"submitted_values": "blue"}))).await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn a_proof_opens_the_persons_own_history_on_every_device_and_a_wrong_one_nothing() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let app = App::of(&world, &ana).await;
    let proven = json!({"identifier": "7", "identifier_hash": app.hash("7"), "name": "Cora"});
    let phone = app.somebody(&app.come(&world, proven.clone()).await);
    let laptop = app.somebody(&app.come(&world, proven).await);
    assert_ne!(phone.source_id, laptop.source_id);
    assert_eq!(phone.id, laptop.id, "one person");
    let number = phone.open(&world).await;
    phone.say(&world, number, "from my phone").await;
    let listed =
        laptop.call(&world, "GET", &format!("/conversations/{number}/messages"), None).await;
    assert_eq!(listed.body[0]["content"], "from my phone");
    let forged = json!({"identifier": "7", "identifier_hash": app.hash("8")});
    let refused = app.come(&world, forged).await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.body["error"], "HMAC failed: Invalid Identifier Hash Provided");
    let claimed = app.somebody(&app.come(&world, json!({"identifier": "7"})).await);
    assert_ne!(claimed.id, phone.id, "who only says so is somebody else");
    let again = json!({"source_id": claimed.source_id});
    assert_eq!(app.somebody(&app.come(&world, again).await).id, claimed.id);
}

#[tokio::test]
async fn nothing_opens_by_guessing_and_nothing_of_another_customer_is_there() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let app = App::of(&world, &ana).await;
    let (mine, other) = (app.customer(&world).await, app.customer(&world).await);
    let number = other.open(&world).await;
    let message = other.say(&world, number, "a secret").await;
    for (method, path, body) in [
        ("GET", format!("/conversations/{number}"), None),
        ("GET", format!("/conversations/{number}/messages"), None),
        ("POST", format!("/conversations/{number}/messages"), Some(json!({"content": "x"}))),
        ("POST", format!("/conversations/{number}/toggle_status"), Some(json!({}))),
        ("POST", format!("/conversations/{number}/update_last_seen"), Some(json!({}))),
        (
            "PATCH",
            format!("/conversations/{number}/messages/{}", message["id"]),
            Some(json!({"submitted_values": [{"value": "x"}]})),
        ),
        ("GET", "/conversations/999".to_owned(), None),
        ("GET", "/conversations/x".to_owned(), None),
    ] {
        assert_eq!(mine.call(&world, method, &path, body).await.status, 404, "{method} {path}");
    }
    let own = mine.open(&world).await;
    let before = format!("/conversations/{own}/messages?before={}", message["id"]);
    assert_eq!(mine.call(&world, "GET", &before, None).await.body, json!([]));
    for bad in ["7", "+5511999990000", "user:7", "00000000-0000-4000-8000-000000000000"] {
        let path = format!("/public/api/v1/inboxes/{}/contacts/{bad}", app.key);
        assert_eq!(world.call("GET", &path, None, None).await.status, 404, "{bad}");
    }
    for bad in ["wk_0", "hook-0", &app.key.replace(|c: char| c.is_ascii_hexdigit(), "0"), "in_1_1_"]
    {
        let path = format!("/public/api/v1/inboxes/{bad}");
        assert_eq!(world.call("GET", &path, None, None).await.status, 404, "{bad}");
    }
    let guessable = app.come(&world, json!({"source_id": "customer-7"})).await;
    assert_eq!(guessable.status, 422, "{}", guessable.body);
}

#[tokio::test]
async fn there_are_no_ratings_and_it_is_said() {
    let world = World::serve().await;
    for path in ["/survey/responses/some-uuid", "/public/api/v1/csat_survey/some-uuid"] {
        let answer = world.call("GET", path, None, None).await;
        assert_eq!(answer.status, 404);
        assert!(answer.body["error"].as_str().unwrap().contains("no ratings"), "{}", answer.body);
    }
}
