//! Which pages may use a widget: exact origins, or any when none is named.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use tertulia_domain::inbox::InboxSettings;
use tertulia_store::inboxes;

use crate::world::{Answer, World};

const SHOP: &str = "https://shop.example";

async fn config_for(world: &World, origin: &str) -> Answer {
    let request = Request::get("/widget/v1/wk_0/config").header("origin", origin);
    world.send(request.body(Body::empty()).unwrap()).await
}

async fn allow(world: &World, origins: &[&str]) {
    let origins: Vec<String> = origins.iter().map(|&each| each.to_owned()).collect();
    world
        .write(move |tx| {
            let (account, mut inbox) = inboxes::by_widget_key(tx, "wk_0")?.unwrap();
            if let InboxSettings::Widget(settings) = &mut inbox.settings {
                settings.allowed_origins.clone_from(&origins);
            }
            inboxes::update(tx, account, &inbox)
        })
        .await;
}

fn answered_for(answer: &Answer) -> Option<&str> {
    answer.headers.get("access-control-allow-origin").map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn any_page_may_when_none_is_named() {
    let world = World::serve().await;
    let answer = config_for(&world, "https://anywhere.example").await;
    assert_eq!((answer.status, answered_for(&answer)), (200, Some("https://anywhere.example")));
}

#[tokio::test]
async fn bad_input_044_only_named_pages_our_own_and_apps_are_answered() {
    let world = World::serve().await;
    let visitor = world.visitor().await;
    allow(&world, &[SHOP]).await;
    let answer = config_for(&world, SHOP).await;
    assert_eq!((answer.status, answered_for(&answer)), (200, Some(SHOP)));
    for origin in
        ["null", "https://evil.shop.example", "https://shop.example:8443", "http://shop.example"]
    {
        let answer = config_for(&world, origin).await;
        assert_eq!((answer.status, &answer.body["code"]), (403, &json!("origin_not_allowed")));
        assert_eq!(answered_for(&answer), None, "{origin}");
        assert!(!answer.body.to_string().contains("shop.example"), "the list is nobody's business");
    }
    // An app sends no origin, and the frame is a page of ours.
    assert_eq!(world.call("GET", "/widget/v1/me", Some(&visitor), None).await.status, 200);
    assert_eq!(config_for(&world, "http://desk.example").await.status, 200);
    let frame = json!({"type": "subscribe", "token": visitor, "cursor": null});
    for (origin, code) in [(SHOP, None), ("http://evil.example", Some(4403)), ("null", Some(4403))]
    {
        let mut client = world.connect_to("/widget/v1/stream", &[("origin", origin)]).await;
        client.send(&frame).await;
        match code {
            None => drop(client.until("ready").await),
            Some(code) => assert_eq!(client.close_code().await, code, "{origin}"),
        }
    }
}

#[tokio::test]
async fn a_preflight_is_answered_for_the_widget_only() {
    let world = World::serve().await;
    let preflight = |path: &str| {
        let request = Request::options(path)
            .header("origin", SHOP)
            .header("access-control-request-method", "POST");
        request.body(Body::empty()).unwrap()
    };
    let answer = world.send(preflight("/widget/v1/messages")).await;
    assert_eq!((answer.status, answered_for(&answer)), (204, Some(SHOP)));
    let answer = world.send(preflight("/v1/events")).await;
    assert_eq!(answered_for(&answer), None);
}
