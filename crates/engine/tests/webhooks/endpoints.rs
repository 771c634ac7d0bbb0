//! How endpoints behave, and what that does to their deliveries and to themselves.

use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::webhook::DeliveryState;
use tertulia_engine::webhooks::{self, Update};
use tertulia_engine::{Error, views::WebhookView};
use tertulia_testkit::{ManualClock, TestDb, on_every_engine, runtime};

use super::house::{House, create};
use super::receiver::{Answer, Manners, Receiver};

const HOUR: Duration = Duration::from_secs(3_600);

async fn with(db: &tertulia_store::Store, manners: Manners) -> (House, Receiver, WebhookView) {
    let clock = Arc::new(ManualClock::new());
    let receiver = Receiver::start(&clock, manners).await;
    let house = House::build_at(db.clone(), clock, &[receiver.address.port()]).await;
    let made = house.endpoint(&receiver, &["message.created"]).await;
    (house, receiver, made)
}

on_every_engine!(a_payload_is_the_event_and_is_signed, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (house, receiver, _) = with(&store, |_| Answer::Status(200)).await;
        house.happen(Some(7), 1).await;
        house.happen(None, 2).await;
        house.work().await;
        let [arrival] = receiver.arrivals().try_into().unwrap();
        let body = &arrival.body;
        assert_eq!(body["type"], "message.created");
        assert_eq!(body["timestamp"], body["at"]);
        assert_eq!((&body["data"]["n"], &body["conversation_id"]), (&1.into(), &7.into()));
        assert_eq!((arrival.signatures, body["actor"]["kind"].as_str()), (1, Some("system")));
    }
});

on_every_engine!(a_failing_endpoint_is_tried_by_the_schedule_and_given_up_on, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (house, receiver, made) = with(&store, |_| Answer::Status(302)).await;
        house.happen(Some(1), 1).await;
        house.work().await;
        house.pass(Duration::from_secs(4), Duration::from_secs(1)).await;
        assert_eq!(receiver.arrivals().len(), 1, "never early");
        house.pass(Duration::from_secs(2), Duration::from_secs(1)).await;
        assert_eq!(receiver.arrivals().len(), 2, "a redirect is a failure");
        house.pass(HOUR * 96, HOUR).await;
        let ids: Vec<String> = receiver.arrivals().into_iter().map(|a| a.id).collect();
        assert_eq!(ids.len(), 10);
        assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "one id for all attempts: {ids:?}");
        let [delivery] = house.log(&made).await.try_into().unwrap();
        assert_eq!((delivery.status, delivery.attempts), (DeliveryState::Failed, 10));
        assert_eq!((delivery.response_status, delivery.next_attempt_at), (Some(302), None));
        assert!(house.webhook(&made).await.enabled, "four days are not five");
    }
});

on_every_engine!(five_days_of_failure_switch_an_endpoint_off, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (house, receiver, made) = with(&store, |_| Answer::Status(500)).await;
        for day in 0..6 {
            house.happen(Some(day), day).await;
            house.pass(HOUR * 24, HOUR).await;
        }
        assert!(!house.webhook(&made).await.enabled);
        house.expect_fact("webhook.disabled").await;
        let log = house.log(&made).await;
        assert!(log.iter().all(|delivery| delivery.status == DeliveryState::Failed));
        let before = receiver.arrivals().len();
        house.happen(Some(1), 99).await;
        house.pass(HOUR * 48, HOUR).await;
        assert_eq!(receiver.arrivals().len(), before, "no more calls");
        receiver.behave(|_| Answer::Status(200));
        let on = Update { enabled: Some(true), ..Update::default() };
        webhooks::update(&house.engine, &house.ctx, made.id, on).await.unwrap();
        house.happen(Some(1), 100).await;
        house.work().await;
        assert_eq!(receiver.accepted().len(), 1);
        assert_eq!(house.webhook(&made).await.failing_since, None);
    }
});

on_every_engine!(an_endpoint_that_is_gone_is_switched_off_at_once, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (house, receiver, made) = with(&store, |_| Answer::Status(410)).await;
        for n in 0..3 {
            house.happen(Some(1), n).await;
        }
        house.work().await;
        assert_eq!(receiver.arrivals().len(), 1);
        assert!(!house.webhook(&made).await.enabled);
        assert!(house.log(&made).await.iter().all(|d| d.status == DeliveryState::Failed));
    }
});

on_every_engine!(an_endpoint_that_asks_for_time_gets_it, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (house, receiver, _) = with(&store, |n| match n {
            0 => Answer::RetryAfter(429, "7200"),
            _ => Answer::Status(200),
        })
        .await;
        house.happen(Some(1), 1).await;
        house.work().await;
        house.pass(HOUR * 2 - Duration::from_secs(60), HOUR / 60).await;
        assert_eq!(receiver.arrivals().len(), 1);
        house.pass(HOUR / 30, HOUR / 60).await;
        assert_eq!(receiver.accepted().len(), 1);
    }
});

on_every_engine!(a_delivery_can_be_sent_again_and_an_endpoint_tested, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (house, receiver, made) = with(&store, |_| Answer::Status(500)).await;
        house.happen(Some(1), 1).await;
        house.happen(Some(1), 2).await;
        house.work().await;
        receiver.behave(|_| Answer::Status(200));
        let [first, _] = house.log(&made).await.try_into().unwrap();
        webhooks::redeliver(&house.engine, &house.ctx, made.id, first.id).await.unwrap();
        house.work().await;
        let numbers = |receiver: &Receiver| -> Vec<i64> {
            receiver.accepted().iter().filter_map(|event| event["data"]["n"].as_i64()).collect()
        };
        assert_eq!(numbers(&receiver), [1]);
        house.pass(HOUR, HOUR).await;
        assert_eq!(numbers(&receiver), [1, 2], "done by hand is done, and the next one follows");
        webhooks::redeliver(&house.engine, &house.ctx, made.id, first.id).await.unwrap();
        webhooks::test(&house.engine, &house.ctx, made.id).await.unwrap();
        house.work().await;
        let arrivals = receiver.arrivals();
        let again = arrivals.iter().filter(|arrival| arrival.body["data"]["n"] == 1).count();
        assert_eq!(again, 3, "a failure and two successes");
        assert!(arrivals.iter().any(|arrival| arrival.body["type"] == "webhook.tested"));
        assert!(house.log(&made).await.iter().all(|d| d.status == DeliveryState::Succeeded));
    }
});

on_every_engine!(a_rotated_secret_signs_beside_the_old_one_for_a_day, |db: &TestDb| {
    let store = db.store.clone();
    async move {
        let (house, receiver, made) = with(&store, |_| Answer::Status(200)).await;
        let rotated = webhooks::rotate_secret(&house.engine, &house.ctx, made.id).await.unwrap();
        assert_ne!(Some(&rotated.secret), made.secret.as_ref());
        house.happen(Some(1), 1).await;
        house.work().await;
        assert_eq!(receiver.arrivals()[0].signatures, 2, "the receiver still knows the old secret");
        receiver.knows(&rotated.secret);
        house.happen(Some(1), 2).await;
        house.work().await;
        house.pass(HOUR * 25, HOUR * 25).await;
        house.happen(Some(1), 3).await;
        house.work().await;
        assert_eq!(receiver.arrivals()[2].signatures, 1);
    }
});

#[test]
fn an_address_that_leads_inwards_is_refused_with_its_reason() {
    runtime().block_on(async {
        let db = TestDb::sqlite();
        let house = House::build(db.store.clone(), &[]).await;
        let refused = async |url: &str, events: &[&str]| {
            let events = events.iter().map(|kind| (*kind).to_owned()).collect();
            let command = create(url.to_owned(), events);
            match webhooks::create(&house.engine, &house.ctx, command).await {
                Err(Error::Invalid { pointer, detail, .. }) => (pointer, detail),
                other => panic!("{url}: {other:?}"),
            }
        };
        for (url, reason) in [
            ("http://127.0.0.1/", "Loopback"),
            ("http://169.254.169.254/", "LinkLocal"),
            ("http://0x7f.1/", "Loopback"),
            ("https://user:pw@example.com/", "user name"),
            ("https://example.com/#x", "#fragment"),
            ("https://example.com:22/", "port 22"),
            ("gopher://example.com/", "gopher"),
            ("example.com", "address"),
        ] {
            let (pointer, detail) = refused(url, &["*"]).await;
            assert!(pointer == "/url" && detail.contains(reason), "{url}: {detail}");
        }
        let (pointer, _) = refused("https://example.com/", &["message.created", "nope"]).await;
        assert_eq!(pointer, "/events/1");
        assert_eq!(refused("https://example.com/", &[]).await.0, "/events");
        assert_eq!(house.facts().await, Vec::<&str>::new());
    });
}
