//! Coming back: nothing missed, nothing twice, whatever happened meanwhile.

use serde_json::Value;
use tertulia_domain::user::Role;

use crate::world::World;

/// More than the hub replays before it asks for a reload.
const LONG_GAP: usize = 2_101;

fn cursor(frame: &Value) -> String {
    frame["cursor"].as_str().expect("a cursor").to_owned()
}

#[tokio::test]
async fn a_client_that_comes_back_gets_what_it_missed_once_and_in_order() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut client = world.console(&ana).await;
    client.subscribe(&["account"], None).await;
    let began = cursor(&client.until("ready").await);
    world.happen(world.inboxes[0], "0").await;
    assert_eq!(client.note().await, "0");
    drop(client);
    for number in 1..250 {
        world.happen(world.inboxes[number % 2], &number.to_string()).await;
    }
    let mut client = world.console(&ana).await;
    client.subscribe(&["account"], Some(&began)).await;
    // How much is replayed and how much comes live depends on how far the hub has come, so `ready` may
    // be anywhere in between.
    let (mut noted, mut is_ready) = (0, false);
    while noted < 250 || !is_ready {
        let frame = client.next().await.expect("still open");
        is_ready |= frame["type"] == "ready";
        if frame["type"] == "event" {
            assert_eq!(frame["event"]["data"]["note"], noted.to_string());
            noted += 1;
        }
    }
    world.happen(world.inboxes[0], "live").await;
    assert_eq!(client.note().await, "live");
}

#[tokio::test]
async fn writes_that_race_with_the_subscription_are_seen_once() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut client = world.console(&ana).await;
    client.subscribe(&["account"], None).await;
    let mut from = cursor(&client.until("ready").await);
    let writes = async {
        for number in 0..300 {
            world.happen(world.inboxes[0], &number.to_string()).await;
        }
    };
    let reads = async {
        let mut seen = 0;
        while seen < 300 {
            // A new socket every few events, while the writes go on.
            client = world.console(&ana).await;
            client.subscribe(&["account"], Some(&from)).await;
            for _ in 0..7 {
                if seen == 300 {
                    break;
                }
                let frame = client.until("event").await;
                assert_eq!(frame["event"]["data"]["note"], seen.to_string());
                from = cursor(&frame["event"]);
                seen += 1;
            }
        }
    };
    tokio::join!(writes, reads);
}

#[tokio::test]
async fn bad_input_051_a_cursor_from_the_future_or_too_far_back_asks_for_a_reload() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut client = world.console(&ana).await;
    client.subscribe(&["account"], Some("0.999999999")).await;
    let resync = client.until("resync").await;
    assert_eq!(cursor(&resync), cursor(&client.until("ready").await));
    let start = cursor(&resync);
    let inbox = world.inboxes[0];
    for number in 0..LONG_GAP {
        world.happen(inbox, &number.to_string()).await;
    }
    let mut client = world.console(&ana).await;
    client.subscribe(&["account"], Some(&start)).await;
    client.until("resync").await;
    client.until("ready").await;
    world.happen(inbox, "live").await;
    // What the hub had not handed out when the client came back is live too, but no replay is.
    let mut note = client.note().await;
    assert_ne!(note, "0");
    while note != "live" {
        note = client.note().await;
    }
}
