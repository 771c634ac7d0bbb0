//! The receiver's books against the journal: every event arrives, and each conversation in order.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::webhook::DeliveryState;
use tertulia_testkit::{ManualClock, TestDb, on_every_engine};

use super::house::{House, engine};
use super::receiver::{Answer, Receiver};

const CONVERSATIONS: i64 = 4;
const EVENTS: i64 = 60;

/// Fails, dawdles and loses answers, but not for ever.
fn moody(n: usize) -> Answer {
    match n % 7 {
        0 => Answer::Status(500),
        2 => Answer::Slow,
        3 => Answer::Lost,
        5 => Answer::RetryAfter(503, "60"),
        _ => Answer::Status(204),
    }
}

fn friendly(_: usize) -> Answer {
    Answer::Status(200)
}

/// The numbers of the accepted events, by conversation.
fn by_conversation(receiver: &Receiver) -> BTreeMap<Option<i64>, Vec<i64>> {
    let mut numbers: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    for event in receiver.accepted() {
        let n = event["data"]["n"].as_i64().unwrap();
        numbers.entry(event["conversation_id"].as_i64()).or_default().push(n);
    }
    numbers
}

/// Every fifth event is the account's own, the others go round the conversations.
fn conversation(n: i64) -> Option<i64> {
    (n % 5 != 0).then_some(n % CONVERSATIONS + 1)
}

fn expected() -> BTreeMap<Option<i64>, Vec<i64>> {
    let mut numbers: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    for n in 0..EVENTS {
        numbers.entry(conversation(n)).or_default().push(n);
    }
    numbers
}

on_every_engine!(every_event_arrives_in_order_whatever_breaks, |db: &TestDb| {
    let (store, other) = (db.store.clone(), db.another_node());
    async move {
        let clock = Arc::new(ManualClock::new());
        let [moody, friendly, dead] = [moody, friendly, friendly].map(|m| m as fn(usize) -> Answer);
        let moody = Receiver::start(&clock, moody).await;
        let friendly = Receiver::start(&clock, friendly).await;
        let dead = Receiver::start(&clock, dead).await;
        let ports = [&moody, &friendly, &dead].map(|receiver| receiver.address.port());
        let house = House::build_at(store, Arc::clone(&clock), &ports).await;
        for receiver in [&moody, &friendly, &dead] {
            house.endpoint(receiver, &["message.created", "label.created"]).await;
        }
        dead.shut_down();
        for n in 0..EVENTS {
            house.happen(conversation(n), n).await;
            if n == EVENTS / 2 {
                house.follow().await;
                // A node dies in the middle of its work: what it held is taken up by the others.
                let runner = house.runner();
                let crash = tokio::time::timeout(Duration::from_millis(15), runner.run_due());
                drop(crash.await);
            }
        }
        let second = House {
            engine: engine(other, &clock, &ports),
            clock: Arc::clone(&clock),
            ctx: house.ctx.clone(),
            last_event: Arc::clone(&house.last_event),
        };
        tokio::join!(house.work(), second.work());
        for _ in 0..400 {
            // The friendly one too: on a busy machine one of its answers may have come too late.
            if [&moody, &friendly].map(by_conversation).iter().all(|books| *books == expected()) {
                break;
            }
            clock.advance(Duration::from_secs(120));
            tokio::join!(house.work(), second.work());
        }
        assert_eq!(by_conversation(&moody), expected());
        assert_eq!(by_conversation(&friendly), expected());
        assert!(dead.arrivals().is_empty());
    }
});

on_every_engine!(a_dead_endpoint_does_not_delay_another, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let clock = Arc::new(ManualClock::new());
        let (dead, alive) =
            (Receiver::start(&clock, friendly).await, Receiver::start(&clock, friendly).await);
        let ports = [&dead, &alive].map(|receiver| receiver.address.port());
        let house = House::build_at(store, Arc::clone(&clock), &ports).await;
        let made = house.endpoint(&dead, &["*"]).await;
        house.endpoint(&alive, &["*"]).await;
        dead.shut_down();
        for n in 0..EVENTS {
            house.happen(Some(n), n).await;
        }
        house.work().await;
        assert_eq!(alive.accepted().len() as i64, EVENTS, "at the first go");
        let log = house.log(&made).await;
        assert_eq!(log.len() as i64, EVENTS);
        assert!(log.iter().all(|d| d.status == DeliveryState::Pending && d.attempts == 1));
    }
});

on_every_engine!(two_followers_make_one_delivery_per_event_and_endpoint, |db: &TestDb| {
    let (store, other) = (db.store.clone(), db.another_node());
    async move {
        let clock = Arc::new(ManualClock::new());
        let receiver = Receiver::start(&clock, friendly).await;
        let ports = [receiver.address.port()];
        let house = House::build_at(store, Arc::clone(&clock), &ports).await;
        let second = House {
            engine: engine(other, &clock, &ports),
            clock: Arc::clone(&clock),
            ctx: house.ctx.clone(),
            last_event: Arc::clone(&house.last_event),
        };
        let made = house.endpoint(&receiver, &["message.created"]).await;
        for n in 0..EVENTS {
            house.happen(Some(1), n).await;
            tokio::join!(house.follow(), second.follow());
        }
        let log = house.log(&made).await;
        assert_eq!(log.len() as i64, EVENTS);
        house.work().await;
        let ids: std::collections::HashSet<String> =
            receiver.arrivals().into_iter().map(|arrival| arrival.id).collect();
        assert_eq!((receiver.arrivals().len() as i64, ids.len() as i64), (EVENTS, EVENTS));
    }
});
