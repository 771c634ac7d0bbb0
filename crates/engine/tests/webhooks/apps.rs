//! Endpoints of apps: in order, at least once, and people are asked when a customer waits in vain.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::app::{AppRole, ContractKind};
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::Visibility;
use tertulia_domain::status::Status;
use tertulia_domain::webhook::DeliveryState;
use tertulia_domain::{ConversationId, DeliveryId};
use tertulia_engine::messages::{Send, send};
use tertulia_engine::views::{AppView, ConversationView, InboxView};
use tertulia_engine::{Ctx, apps, inbound, inboxes, tokens};
use tertulia_net::HeaderMap;
use tertulia_store::conversations::{self, Filter, Page, Viewer};
use tertulia_store::{Scope, deliveries, webhooks};
use tertulia_testkit::{ManualClock, TestDb, on_every_engine};

use super::house::House;
use super::receiver::{Answer, Receiver};

const SECOND: Duration = Duration::from_secs(1);

struct Desk {
    house: House,
    inbox: InboxView,
    app: AppView,
    bot: Ctx,
}

impl Desk {
    async fn open(db: &TestDb, receiver: &Receiver, clock: std::sync::Arc<ManualClock>) -> Self {
        let port = receiver.address.port();
        let house = House::build_at(db.store.clone(), clock, &[port]).await;
        let create = inboxes::Create {
            name: "Own".to_owned(),
            channel: Channel::Api,
            settings: inboxes::SettingsChange::default(),
        };
        let inbox = inboxes::create(&house.engine, &house.ctx, create).await.unwrap();
        let create = apps::Create {
            name: "Triage".to_owned(),
            description: String::new(),
            contract: ContractKind::Tertulia,
            scopes: None,
            url: Some(receiver.url()),
            ack_secs: Some(1),
            hands_over_on_failure: true,
        };
        let app = apps::create(&house.engine, &house.ctx, create).await.unwrap();
        receiver.knows(app.secret.as_deref().unwrap());
        let place = apps::place(&house.engine, &house.ctx, app.id, inbox.id, AppRole::Answers);
        place.await.unwrap();
        let token = app.token.clone().unwrap();
        let bot = tokens::authenticate(&house.engine, &token).await.unwrap();
        Self { house, inbox, app, bot }
    }

    async fn hear(&self, id: &str, text: &str) {
        let (account, inbox) = (self.house.account(), self.inbox.id);
        let engine = &self.house.engine;
        let read =
            engine.store.read::<_, tertulia_store::Error, _>(Scope::Account(account), move |tx| {
                tertulia_store::inboxes::get(tx, account, inbox)
            });
        let inbox = read.await.unwrap().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("authorization", format!("Bearer {}", inbox.secret).parse().unwrap());
        let event = json!({
            "type": "message", "id": id, "contact": {"id": "customer-7", "name": "Bea"},
            "content": {"type": "text", "text": text},
        });
        let body = json!({ "events": [event] }).to_string();
        inbound::accept(engine, &inbox.hook_token, &headers, body.as_bytes()).await.unwrap();
        self.follow().await;
    }

    /// Follows the journal to its newest event.
    async fn follow(&self) {
        let account = self.house.account();
        let read = self.house.engine.store.read::<_, tertulia_store::Error, _>(
            Scope::Account(account),
            move |tx| {
                let found = conversations::list(
                    tx,
                    account,
                    Viewer::SYSTEM,
                    &Filter::default(),
                    Page { limit: 1, ..Page::default() },
                )?;
                let Some(shown) = found.first() else { return Ok(0) };
                let id = shown.conversation.id;
                let events = tertulia_store::events::of_conversation(tx, account, id, 10_000)?;
                Ok(events.iter().map(|event| event.id.0).max().unwrap_or(0))
            },
        );
        let last = read.await.unwrap();
        self.house.last_event.fetch_max(last, std::sync::atomic::Ordering::SeqCst);
        self.house.follow().await;
    }

    async fn conversation(&self) -> ConversationView {
        let account = self.house.account();
        let read = self.house.engine.store.read::<_, tertulia_store::Error, _>(
            Scope::Account(account),
            move |tx| {
                let page = Page { limit: 2, ..Page::default() };
                conversations::list(tx, account, Viewer::SYSTEM, &Filter::default(), page)
            },
        );
        let found = read.await.unwrap();
        assert_eq!(found.len(), 1);
        ConversationView::from(&found[0])
    }

    async fn answer(&self, conversation: ConversationId, text: &str) {
        let command = Send {
            conversation,
            content: Content::Text { text: text.to_owned() },
            spans: Vec::new(),
            visibility: Visibility::Public,
            client_id: None,
            external_id: None,
            reply_to: None,
            attachments: Vec::new(),
            expected_seq: None,
        };
        send(&self.house.engine, &self.bot, command).await.unwrap();
        self.follow().await;
    }

    /// State and attempts of every delivery, oldest first.
    async fn log(&self) -> Vec<(String, DeliveryState, i64)> {
        let (account, app) = (self.house.account(), self.app.id);
        let read = self.house.engine.store.read::<_, tertulia_store::Error, _>(
            Scope::Account(account),
            move |tx| {
                let endpoint = webhooks::of_app(tx, account, app)?.unwrap();
                deliveries::list(tx, account, endpoint.id, DeliveryId(i64::MAX), 1_000)
            },
        );
        let found = read.await.unwrap();
        let line = |d: &tertulia_domain::webhook::WebhookDelivery| {
            (d.event_kind.to_string(), d.state, d.attempts)
        };
        found.iter().rev().map(line).collect()
    }

    async fn pass(&self, time: Duration) {
        self.house.pass(time, SECOND).await;
        self.follow().await;
    }
}

async fn desk(db: &TestDb, manners: super::receiver::Manners) -> (Desk, Receiver) {
    let clock = std::sync::Arc::new(ManualClock::new());
    let receiver = Receiver::start(&clock, manners).await;
    (Desk::open(db, &receiver, clock).await, receiver)
}

on_every_engine!(
    a_dead_app_gets_everything_when_it_is_back_and_people_are_asked,
    async |db: &TestDb| {
        let (desk, receiver) = desk(db, |_| Answer::Status(503)).await;
        desk.hear("m1", "Hello").await;
        desk.pass(SECOND * 10).await;
        assert_eq!(desk.conversation().await.status, Status::Pending, "ten seconds are no failure");
        desk.pass(SECOND * 30).await;
        let conversation = desk.conversation().await;
        assert_eq!(conversation.status, Status::Open, "the customer waits, so people are asked");
        assert!(conversation.waiting_since.is_some());
        desk.hear("m2", "Is anybody there?").await;
        receiver.behave(|_| Answer::Status(200));
        desk.pass(SECOND * 60).await;
        let told: Vec<String> = receiver
            .accepted()
            .iter()
            .filter(|event| event["type"] == "message.created")
            .filter_map(|event| event["data"]["message"]["text"].as_str().map(str::to_owned))
            .filter(|text| !text.is_empty())
            .collect();
        assert_eq!(told, ["Hello", "Is anybody there?"], "in order, each once");
        assert!(desk.log().await.iter().all(|(_, state, _)| *state == DeliveryState::Succeeded));
    }
);

on_every_engine!(an_app_that_chokes_on_its_own_echo_keeps_the_conversation, async |db: &TestDb| {
    let (desk, receiver) = desk(db, |_| Answer::Status(200)).await;
    desk.hear("m1", "Hello").await;
    desk.house.work().await;
    receiver.behave(|_| Answer::Status(500));
    let id = desk.conversation().await.id;
    desk.answer(id, "Hi, I am a bot").await;
    desk.pass(SECOND * 120).await;
    assert_eq!(desk.conversation().await.status, Status::Pending);
    let log = desk.log().await;
    let given_up = log.iter().filter(|(_, state, _)| *state == DeliveryState::Failed).count();
    assert!(given_up >= 1, "the echo is given up on: {log:?}");
    receiver.behave(|_| Answer::Status(200));
    desk.hear("m2", "And now?").await;
    desk.house.work().await;
    let last = receiver.accepted().into_iter().rev().find(|e| e["type"] == "message.created");
    assert_eq!(last.unwrap()["data"]["message"]["text"], "And now?", "nothing stands in its way");
});

on_every_engine!(
    an_app_that_refuses_a_customers_message_is_tried_four_times,
    async |db: &TestDb| {
        let (desk, _receiver) = desk(db, |_| Answer::Status(400)).await;
        desk.hear("m1", "Hello").await;
        desk.pass(SECOND * 120).await;
        assert_eq!(desk.conversation().await.status, Status::Open);
        let log = desk.log().await;
        let message = log.iter().filter(|(kind, ..)| kind == "message.created").collect::<Vec<_>>();
        assert!(
            message
                .iter()
                .all(|(_, state, attempts)| *state == DeliveryState::Failed && *attempts == 4),
            "{log:?}"
        );
    }
);

on_every_engine!(people_are_not_asked_when_the_account_does_not_want_it, async |db: &TestDb| {
    let (desk, _receiver) = desk(db, |_| Answer::Status(500)).await;
    let change = apps::Update { hands_over_on_failure: Some(false), ..apps::Update::default() };
    apps::update(&desk.house.engine, &desk.house.ctx, desk.app.id, change).await.unwrap();
    desk.hear("m1", "Hello").await;
    desk.pass(SECOND * 120).await;
    assert_eq!(desk.conversation().await.status, Status::Pending);
});

/// How often the endpoint was told of a message.
fn told(receiver: &Receiver, text: &str) -> usize {
    let arrivals = receiver.arrivals();
    arrivals.iter().filter(|arrival| arrival.body["data"]["message"]["text"] == text).count()
}

on_every_engine!(what_a_silent_app_writes_is_its_answer, async |db: &TestDb| {
    let (desk, receiver) = desk(db, |_| Answer::Status(200)).await;
    desk.hear("m1", "Hello").await;
    desk.house.work().await;
    receiver.behave(|_| Answer::Silent);
    desk.hear("m2", "Are you there?").await;
    desk.house.work().await;
    assert_eq!(told(&receiver, "Are you there?"), 1);
    receiver.behave(|_| Answer::Status(200));
    desk.answer(desk.conversation().await.id, "Yes, I was thinking").await;
    desk.pass(SECOND * 90).await;
    assert_eq!(told(&receiver, "Are you there?"), 1, "it has answered, so it is not asked again");
    assert!(desk.log().await.iter().all(|(_, state, _)| *state == DeliveryState::Succeeded));
});

on_every_engine!(what_an_app_that_was_away_writes_is_no_answer, async |db: &TestDb| {
    let (desk, receiver) = desk(db, |_| Answer::Status(200)).await;
    desk.hear("m1", "Hello").await;
    desk.house.work().await;
    receiver.behave(|_| Answer::Lost);
    desk.hear("m2", "Are you there?").await;
    desk.house.work().await;
    receiver.behave(|_| Answer::Status(200));
    desk.answer(desk.conversation().await.id, "A word of my own").await;
    desk.pass(SECOND * 90).await;
    assert_eq!(told(&receiver, "Are you there?"), 2, "it is told once it is back");
});
