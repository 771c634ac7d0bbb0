//! Whatever a client sends: a fixed code or a close code, nothing of the inside, nobody else disturbed.

use serde_json::json;
use tertulia_domain::user::Role;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::world::World;

#[tokio::test]
async fn bad_input_045_frames_that_are_too_large_or_binary_end_the_socket_and_no_other() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut bystander = world.live(&ana, None).await;
    let mut client = world.live(&ana, None).await;
    client.send_raw(Message::text("x".repeat(16 * 1024 + 1))).await;
    assert_eq!(client.close_code().await, 1009);
    let mut client = world.live(&ana, None).await;
    client.send_raw(Message::Binary(Bytes::from_static(b"\x00\x01"))).await;
    assert_eq!(client.close_code().await, 1003);
    world.happen(world.inboxes[0], "undisturbed").await;
    assert_eq!(bystander.note().await, "undisturbed");
}

#[tokio::test]
async fn malformed_frames_get_a_fixed_code_and_too_many_end_the_socket() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut client = world.console(&ana).await;
    for frame in [
        json!({"event": "base"}),
        json!({"type": "typing", "conversation_id": {"$ne": 1}, "on": true}),
        json!([1, 2, 3]),
    ] {
        client.send(&frame).await;
        let answer = client.next().await.unwrap();
        assert_eq!(answer, json!({"type": "error", "code": "frame_invalid"}));
    }
    client.send(&json!({"type": "viewing", "conversation_id": 1})).await;
    let answer = client.next().await.unwrap();
    assert_eq!(answer, json!({"type": "error", "code": "not_subscribed"}));
    client.subscribe(&["account"], Some("not a cursor")).await;
    let answer = client.next().await.unwrap();
    assert_eq!(answer, json!({"type": "error", "code": "cursor_invalid"}));
    for _ in 0..20 {
        client.send(&json!({})).await;
    }
    assert_eq!(client.close_code().await, 1008);
}

#[tokio::test]
async fn a_ping_is_answered_and_colleagues_see_who_comes() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let bo = world.person("bo", Role::Agent, &[]).await;
    let mut at_ana = world.live(&ana, None).await;
    at_ana.send(&json!({"type": "ping"})).await;
    at_ana.until("pong").await;
    let mut at_bo = world.console(&bo).await;
    at_bo.subscribe(&["account"], None).await;
    // Who is there is told in no order, oneself included.
    let there = json!({"type": "presence", "user_id": ana.user.0, "state": "online"});
    while at_bo.until("presence").await != there {}
    let came = at_ana.until("presence").await;
    assert_eq!(came, json!({"type": "presence", "user_id": bo.user.0, "state": "online"}));
    at_bo.until("ready").await;
    at_bo.send(&json!({"type": "presence", "state": "away"})).await;
    let away = at_ana.until("presence").await;
    assert_eq!(away, json!({"type": "presence", "user_id": bo.user.0, "state": "away"}));
}
