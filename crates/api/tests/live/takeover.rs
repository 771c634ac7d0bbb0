//! Visitor A with everything that is B's: every route of the widget API answers as if it were not there.

use serde_json::{Value, json};
use tertulia_domain::message::Visibility;
use tertulia_domain::user::Role;

use crate::world::World;

/// What a request could carry of somebody else's.
struct Foreign {
    message: Value,
    file: String,
}

/// Requests of every route under `/widget/v1` that take something that can be another's; `None`: the
/// route takes nothing but the visitor's own token.
fn attempt(method: &str, path: &str, foreign: &Foreign) -> Option<Option<Value>> {
    let id = &foreign.message["id"];
    let text = json!({"type": "text", "text": "mine"});
    match (method, path) {
        ("PATCH", "/widget/v1/messages/{message_id}") => Some(Some(json!({"text": "changed"}))),
        ("DELETE", "/widget/v1/messages/{message_id}") => Some(None),
        ("PUT", "/widget/v1/messages/{message_id}/reaction") => Some(Some(json!({"emoji": "👍"}))),
        ("POST", "/widget/v1/messages") => Some(Some(json!({
            "client_id": "a-1", "content": text, "attachments": [foreign.file], "reply_to": id,
        }))),
        ("GET", "/widget/v1/me" | "/widget/v1/messages" | "/widget/v1/stream")
        | ("GET", "/widget/v1/{key}/config")
        | ("PATCH", "/widget/v1/me")
        | (
            "POST",
            "/widget/v1/{key}/visitors"
            | "/widget/v1/identify"
            | "/widget/v1/read"
            | "/widget/v1/typing"
            | "/widget/v1/page"
            | "/widget/v1/opened"
            | "/widget/v1/attachments",
        ) => None,
        _ => panic!("{method} {path} is new: say here what of another visitor it could carry"),
    }
}

/// All routes of the widget API, from the document.
fn routes() -> Vec<(String, String)> {
    let document = serde_json::to_value(tertulia_api::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let ours = paths.iter().filter(|(path, _)| path.starts_with("/widget/v1"));
    ours.flat_map(|(path, item)| {
        let methods = ["get", "put", "post", "patch", "delete"];
        let present = methods.into_iter().filter(|method| item.get(method).is_some());
        present.map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    })
    .collect()
}

async fn upload(world: &World, token: &str) -> String {
    let boundary = "b0undary";
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nhello\r\n--{boundary}--\r\n"
    );
    let request = axum::http::Request::post("/widget/v1/attachments")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", format!("multipart/form-data; boundary={boundary}"))
        .body(axum::body::Body::from(body))
        .unwrap();
    let answer = world.send(request).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.body["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn nothing_of_another_visitor_can_be_reached_on_any_route() {
    let world = World::serve().await;
    let (mine, other) = (world.visitor().await, world.visitor().await);
    world.write_text(&mine, "a-0", "my own").await;
    let message = world.write_text(&other, "b-0", "a secret").await;
    let foreign = Foreign { message, file: upload(&world, &other).await };
    let mut tried = 0;
    for (method, path) in routes() {
        let Some(body) = attempt(&method, &path, &foreign) else { continue };
        let id = foreign.message["id"].to_string();
        let path = path.replace("{message_id}", &id);
        let answer = world.call(&method, &path, Some(&mine), body).await;
        let is_refused =
            answer.status == 404 || (path.ends_with("/messages") && answer.status == 422);
        assert!(is_refused, "{method} {path}: {} {}", answer.status, answer.body);
        assert!(!answer.body.to_string().contains("a secret"), "{method} {path}");
        tried += 1;
    }
    assert!(tried >= 4, "the document has lost routes");
    let page = world.call("GET", "/widget/v1/messages", Some(&other), None).await.body;
    assert_eq!(page["items"], json!([foreign.message]), "nothing has changed for the other one");
}

#[tokio::test]
async fn the_same_client_id_of_another_visitor_is_another_message() {
    let world = World::serve().await;
    let (mine, other) = (world.visitor().await, world.visitor().await);
    let theirs = world.write_text(&other, "same", "theirs").await;
    let own = world.write_text(&mine, "same", "own").await;
    assert_ne!(own["id"], theirs["id"]);
    assert_eq!(own["text"], "own");
}

#[tokio::test]
async fn another_visitors_cursor_replays_only_ones_own() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let (mine, other) = (world.visitor().await, world.visitor().await);
    let me = world.call("GET", "/widget/v1/me", Some(&other), None).await.body;
    let theirs = world.write_text(&other, "b-0", "a secret").await;
    let conversation = theirs["conversation_id"].as_i64().unwrap();
    world.answer(&ana, conversation, Visibility::Public, "another secret").await;
    world.write_text(&mine, "a-0", "my own").await;
    let mut client = world.widget(&mine, me["cursor"].as_str()).await;
    assert_eq!(client.message().await["text"], "my own");
}
