//! Endpoints, their deliveries, and the places of those who follow the journal.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::actor::Actor;
use tertulia_domain::app::ContractKind;
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::webhook::{ACK_SECS, DeliveryState, EventFilter, Webhook};
use tertulia_domain::{AccountId, DeliveryId, EventId, WebhookId};
use tertulia_store::deliveries::{self, Attempt, NewDelivery};
use tertulia_store::events::{self, Cursor, NewEvent};
use tertulia_store::{Error, Result, Scope, WriteTx, followers, webhooks};
use tertulia_testkit::{TestDb, on_every_engine};

use super::scene::run;
use super::{account, now};

fn endpoint() -> Webhook {
    Webhook {
        id: WebhookId(0),
        url: "https://example.com/".to_owned(),
        description: "books".to_owned(),
        filter: EventFilter::Kinds(vec![EventKind::MessageCreated]),
        contract: ContractKind::Tertulia,
        app_id: None,
        inbox_id: None,
        ack_secs: ACK_SECS,
        secret: "s".to_owned(),
        previous_secret: None,
        enabled: true,
        enabled_at: now(),
        failing_since: None,
        last_failure_at: None,
        created_at: now(),
    }
}

fn add(tx: &mut WriteTx<'_>, account: AccountId) -> Result<WebhookId> {
    webhooks::create(tx, account, &endpoint())
}

fn happen(tx: &mut WriteTx<'_>, account: AccountId) -> Result<EventId> {
    let event = NewEvent {
        kind: EventKind::MessageCreated,
        audience: Audience::Staff,
        room_id: None,
        conversation_id: None,
        inbox_id: None,
        subject_id: None,
        actor: &Actor::system(),
        reason: None,
        request_id: None,
        data: &tertulia_store::Json::from(json!({})),
        at: now(),
    };
    events::append(tx, account, &event)
}

fn deliver(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    webhook: WebhookId,
    event: EventId,
) -> Result<Option<DeliveryId>> {
    let kind = EventKind::MessageCreated;
    let new =
        NewDelivery { account, webhook, event, kind, conversation: None, name: String::new() };
    deliveries::insert(tx, &new, now())
}

on_every_engine!(an_endpoint_comes_back_as_it_was_written, async |db: &TestDb| {
    let account = account(&db.store).await;
    run(&db.store, move |tx| {
        let id = add(tx, account)?;
        assert_eq!(webhooks::get(tx, account, id)?, Some(Webhook { id, ..endpoint() }));
        let later = now().plus(Duration::from_secs(60));
        let changed = Webhook {
            id,
            url: "https://example.com/b".to_owned(),
            description: String::new(),
            filter: EventFilter::All,
            secret: "t".to_owned(),
            previous_secret: Some(("s".to_owned(), later)),
            enabled: false,
            enabled_at: later,
            failing_since: Some(now()),
            last_failure_at: Some(later),
            created_at: now(),
            ack_secs: 20,
            ..endpoint()
        };
        webhooks::update(tx, account, &changed)?;
        assert_eq!(webhooks::lock(tx, account, id)?, Some(changed));
        assert!(webhooks::enabled(tx)?.is_empty(), "it is switched off");
        assert!(webhooks::delete(tx, account, id)?);
        assert!(!webhooks::delete(tx, account, id)?);
        assert_eq!(webhooks::get(tx, account, id)?, None);
        Ok(())
    })
    .await;
});

on_every_engine!(endpoints_are_listed_in_order_and_counted, async |db: &TestDb| {
    let (ours, theirs) = (account(&db.store).await, account(&db.store).await);
    run(&db.store, move |tx| {
        let (first, second, third) = (add(tx, ours)?, add(tx, theirs)?, add(tx, ours)?);
        let ids = |found: Vec<Webhook>| found.iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(ids(webhooks::list(tx, ours, WebhookId(0), 1)?), [first]);
        assert_eq!(ids(webhooks::list(tx, ours, first, 9)?), [third]);
        assert_eq!((webhooks::count(tx, ours)?, webhooks::count(tx, theirs)?), (2, 1));
        let all: Vec<_> = webhooks::enabled(tx)?.iter().map(|(a, it)| (*a, it.id)).collect();
        assert_eq!(all, [(ours, first), (theirs, second), (ours, third)]);
        Ok(())
    })
    .await;
});

on_every_engine!(an_event_has_one_delivery_per_endpoint, async |db: &TestDb| {
    let account = account(&db.store).await;
    run(&db.store, move |tx| {
        let (webhook, other) = (add(tx, account)?, add(tx, account)?);
        let (event, second) = (happen(tx, account)?, happen(tx, account)?);
        let id = deliver(tx, account, webhook, event)?.unwrap();
        assert_eq!(deliver(tx, account, webhook, event)?, None, "it has one");
        assert_eq!(deliver(tx, account, WebhookId(0), event)?, None, "nobody is there");
        deliver(tx, account, other, event)?.unwrap();
        let newest = deliver(tx, account, webhook, second)?.unwrap();
        let list = |tx: &mut WriteTx<'_>, before, limit| {
            let found = deliveries::list(tx, account, webhook, DeliveryId(before), limit)?;
            Ok::<_, Error>(found.iter().map(|it| it.id).collect::<Vec<_>>())
        };
        assert_eq!(list(tx, i64::MAX, 9)?, [newest, id]);
        assert_eq!(list(tx, i64::MAX, 1)?, [newest]);
        assert_eq!(list(tx, newest.0, 9)?, [id]);
        webhooks::delete(tx, account, webhook)?;
        assert_eq!(list(tx, i64::MAX, 9)?, [], "the log goes with its endpoint");
        Ok(())
    })
    .await;
});

on_every_engine!(
    an_attempt_is_written_down_and_what_is_settled_is_forgotten,
    async |db: &TestDb| {
        let account = account(&db.store).await;
        run(&db.store, move |tx| {
            let webhook = add(tx, account)?;
            let mut made = Vec::new();
            for _ in 0..3 {
                let event = happen(tx, account)?;
                made.push(deliver(tx, account, webhook, event)?.unwrap());
            }
            let next = now().plus(Duration::from_secs(5));
            let attempt = Attempt {
                response_status: Some(500),
                response_body: Some("no".to_owned()),
                error: None,
                duration_ms: Some(7),
            };
            let pending = DeliveryState::Pending;
            deliveries::record(tx, account, made[0], &attempt, pending, Some(next))?;
            let tried = deliveries::get(tx, account, made[0])?.unwrap();
            assert_eq!((tried.attempts, tried.response_status), (1, Some(500)));
            assert_eq!((tried.next_attempt_at, tried.duration_ms), (Some(next), Some(7)));
            let done = DeliveryState::Succeeded;
            deliveries::record(tx, account, made[1], &Attempt::default(), done, None)?;
            assert_eq!(deliveries::purge(tx, now())?, 0, "none is older than now");
            let later = now().plus(Duration::from_secs(1));
            assert_eq!(deliveries::purge(tx, later)?, 1, "only what is settled");
            assert_eq!(deliveries::give_up(tx, account, webhook, "switched off")?, 2);
            assert_eq!(deliveries::give_up(tx, account, webhook, "switched off")?, 0);
            let given_up = deliveries::get(tx, account, made[2])?.unwrap();
            assert_eq!((given_up.state, given_up.next_attempt_at), (DeliveryState::Failed, None));
            assert_eq!(given_up.error.as_deref(), Some("switched off"));
            Ok(())
        })
        .await;
    }
);

on_every_engine!(another_account_neither_sees_nor_changes_an_endpoint, async |db: &TestDb| {
    let (ours, theirs) = (account(&db.store).await, account(&db.store).await);
    run(&db.store, move |tx| {
        let webhook = add(tx, ours)?;
        let event = happen(tx, ours)?;
        let delivery = deliver(tx, ours, webhook, event)?.unwrap();
        let seen = |tx: &mut WriteTx<'_>, account| {
            let log = deliveries::list(tx, account, webhook, DeliveryId(i64::MAX), 9)?;
            Ok::<_, Error>((webhooks::get(tx, account, webhook)?, log))
        };
        let before = seen(tx, ours)?;
        assert_eq!(seen(tx, theirs)?, (None, vec![]));
        assert_eq!(webhooks::lock(tx, theirs, webhook)?, None);
        assert_eq!(webhooks::list(tx, theirs, WebhookId(0), 9)?, vec![]);
        assert_eq!(deliveries::get(tx, theirs, delivery)?, None);
        assert_eq!(events::get(tx, theirs, event)?, None);
        let foreign = Webhook { id: webhook, enabled: false, ..endpoint() };
        webhooks::update(tx, theirs, &foreign)?;
        assert!(!webhooks::delete(tx, theirs, webhook)?);
        let event = happen(tx, ours)?;
        assert_eq!(deliver(tx, theirs, webhook, event)?, None, "not to somebody else's endpoint");
        let failed = DeliveryState::Failed;
        deliveries::record(tx, theirs, delivery, &Attempt::default(), failed, None)?;
        assert_eq!(deliveries::give_up(tx, theirs, webhook, "")?, 0);
        assert_eq!(seen(tx, ours)?, before);
        Ok(())
    })
    .await;
});

on_every_engine!(a_follower_is_moved_by_one_node_only, async |db: &TestDb| {
    let start = Cursor::default();
    let (first, second): (Cursor, Cursor) = ("1.1".parse().unwrap(), "1.2".parse().unwrap());
    let move_on = async |from: Cursor, to: Cursor| {
        db.store
            .write::<_, Error, _>(Scope::System, move |tx| followers::advance(tx, "f", from, to))
            .await
            .unwrap()
    };
    let place = async |name: &'static str| {
        let read =
            db.store.read::<_, Error, _>(Scope::System, move |tx| followers::place(tx, name));
        read.await.unwrap()
    };
    assert_eq!(place("f").await, start, "a new one begins at the beginning");
    assert!(move_on(start, first).await);
    assert!(!move_on(start, second).await, "another node was there");
    assert_eq!(place("f").await, first);
    let raced = futures_util::future::join_all((0..6).map(|_| move_on(first, second))).await;
    assert_eq!(raced.iter().filter(|moved| **moved).count(), 1);
    assert_eq!((place("f").await, place("g").await), (second, start));
});
