//! Any order and any repetition of what a provider sends ends in the same conversation.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tertulia_domain::message::{Direction, Message, Visibility};
use tertulia_testkit::{TestDb, engines, runtime};

use super::world::{World, message};

const CASES: u32 = 12;

/// What a channel may tell about one customer: each message edited, deleted or reacted to at most once.
fn events(ours: i64) -> Vec<Value> {
    vec![
        message("m1", "customer-7", "one"),
        message("m2", "customer-7", "two"),
        message("m3", "customer-7", "three"),
        json!({"type": "edit", "id": "e1", "message_id": "m2", "text": "two, better"}),
        json!({"type": "delete", "id": "d1", "message_id": "m3"}),
        json!({"type": "edit", "id": "e2", "message_id": "m3", "text": "too late or too early"}),
        json!({"type": "reaction", "id": "x1", "message_id": "m1",
            "contact_id": "customer-7", "emoji": "👍"}),
        json!({"type": "receipt", "id": "r1", "message_id": ours, "status": "sent"}),
        json!({"type": "receipt", "id": "r2", "message_id": ours, "status": "delivered"}),
        json!({"type": "receipt", "id": "r3", "message_id": ours, "status": "read"}),
    ]
}

/// Everything about the messages but their numbers, which follow the order of arrival.
fn essence(mut log: Vec<Message>) -> Vec<String> {
    log.retain(|message| message.visibility == Visibility::Public);
    log.sort_by_key(|message| message.external_id.clone());
    log.iter()
        .map(|m| {
            let emoji: Vec<&str> = m.reactions.iter().map(|r| r.emoji.as_str()).collect();
            let status = m.delivery.as_ref().map(|d| d.status.to_string());
            let deleted = m.deleted_at.is_some();
            format!("{:?} {:?} {emoji:?} {deleted} {status:?}", m.external_id, m.text)
        })
        .collect()
}

fn check(order: &[usize]) {
    for engine in engines() {
        let db = TestDb::open(engine);
        runtime().block_on(async {
            let world = World::open(&db).await;
            world.hear("m0", "zero").await;
            let id = world.conversation().await.id;
            let ours = world.say(id, "ours").await.unwrap().id;
            let events = events(ours.0);
            // Each at least once, in the drawn order with the drawn repetitions.
            for index in order.iter().copied().chain(0..events.len()) {
                world.post(vec![events[index].clone()]).await.unwrap();
            }
            let conversation = world.conversation().await;
            let log = world.log(&conversation).await;
            let seqs: Vec<i64> = log.iter().map(|message| message.seq).collect();
            let gapless: Vec<i64> = (1..=conversation.last_seq).collect();
            assert_eq!(seqs, gapless, "{order:?}");
            assert_eq!(log.iter().filter(|m| m.direction == Direction::In).count(), 4);
            let expected = [
                r#"None "ours" [] false Some("read")"#,
                r#"Some("m0") "zero" [] false None"#,
                r#"Some("m1") "one" ["👍"] false None"#,
                r#"Some("m2") "two, better" [] false None"#,
                r#"Some("m3") "" [] true None"#,
            ];
            assert_eq!(essence(log), expected, "{order:?}");
        });
    }
}

#[test]
fn any_order_and_repetition_gives_the_same_conversation() {
    let mut runner = TestRunner::new(Config { cases: CASES, ..Config::default() });
    let orders = prop::collection::vec(0..10_usize, 0..20);
    runner
        .run(&orders, |order| {
            check(&order);
            Ok(())
        })
        .unwrap();
}
