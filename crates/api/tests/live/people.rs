//! What REST says of who is there.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tertulia_domain::user::Role;

use crate::world::{Person, World};

/// A request of a person at a browser.
async fn ask(
    world: &World,
    person: &Person,
    method: &str,
    path: &str,
    body: Option<Value>,
) -> Value {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("cookie", &person.cookie)
        .header("origin", "http://desk.example")
        .header("content-type", "application/json");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let answer = world.send(request.body(body).unwrap()).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

#[tokio::test]
async fn users_are_shown_as_they_are_at_this_moment() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let bo = world.person("bo", Role::Agent, &[]).await;
    let presence =
        async |path: String| ask(&world, &ana, "GET", &path, None).await["presence"].clone();
    let bos = format!("/v1/users/{}", bo.user);
    assert_eq!(presence(bos.clone()).await, "offline");

    let mut at_ana = world.live(&ana, None).await;
    let mut at_bo = world.live(&bo, None).await;
    assert_eq!(presence(bos.clone()).await, "online");
    at_bo.send(&json!({"type": "presence", "state": "away"})).await;
    let away = json!({"type": "presence", "user_id": bo.user.0, "state": "away"});
    while at_ana.until("presence").await != away {}
    assert_eq!(presence(bos.clone()).await, "away");

    let listed = ask(&world, &ana, "GET", "/v1/users", None).await;
    let states: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|u| &u["presence"]).collect();
    assert_eq!(states, ["online", "away"]);
    assert_eq!(ask(&world, &bo, "GET", "/v1/session", None).await["user"]["presence"], "away");
    let changed = ask(&world, &ana, "PATCH", &bos, Some(json!({"role": "supervisor"}))).await;
    assert_eq!(changed["presence"], "away");
    let renamed = ask(&world, &bo, "PATCH", "/v1/profile", Some(json!({"locale": "pt"}))).await;
    assert_eq!(renamed["presence"], "away");

    // An event may be read much later, when it would no longer be true.
    let event = loop {
        let event = at_ana.until("event").await["event"].clone();
        if event["type"] == "user.updated" {
            break event;
        }
    };
    assert_eq!(event["data"]["user"]["presence"], Value::Null);
}
