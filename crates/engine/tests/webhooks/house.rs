//! An account with its journal, and the nodes that work for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde_json::json;
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::actor::Actor;
use tertulia_domain::app::ContractKind;
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::{AccountId, Clock, ConversationId, InboxId, RoomId};
use tertulia_engine::views::{WebhookDeliveryView, WebhookView};
use tertulia_engine::webhooks::{self, Create, WebhookFollower};
use tertulia_engine::{Ctx, Engine, Settings, work};
use tertulia_jobs::{Following, Limits, Runner};
use tertulia_net::{Egress, Exception};
use tertulia_store::events::NewEvent;
use tertulia_store::{Error, Scope, Store, accounts, deliveries, events};
use tertulia_testkit::{ManualClock, SeededEntropy};

use super::receiver::Receiver;

pub(crate) struct House {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ctx: Ctx,
    pub(crate) last_event: Arc<AtomicI64>,
}

/// An endpoint in our own words.
pub(super) fn create(url: String, events: Vec<String>) -> Create {
    let (description, contract) = (String::new(), ContractKind::Tertulia);
    Create { url, events, description, contract, inbox_id: None }
}

impl House {
    pub(crate) async fn build(store: Store, ports: &[u16]) -> Self {
        let clock = Arc::new(ManualClock::new());
        Self::build_at(store, clock, ports).await
    }

    pub(crate) async fn build_at(store: Store, clock: Arc<ManualClock>, ports: &[u16]) -> Self {
        let engine = engine(store, &clock, ports);
        let now = clock.now();
        let create = engine.store.write::<_, Error, _>(Scope::System, move |tx| {
            accounts::create(tx, "House", "en", ConversationPolicy::Contact, now)
        });
        let account = create.await.unwrap();
        let (ctx, last_event) = (Ctx::system(account), Arc::default());
        Self { engine, clock, ctx, last_event }
    }

    pub(crate) fn account(&self) -> AccountId {
        self.ctx.account_id
    }

    /// An endpoint at the receiver, which learns the secret.
    pub(crate) async fn endpoint(&self, receiver: &Receiver, kinds: &[&str]) -> WebhookView {
        let events = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let command = create(receiver.url(), events);
        let made = webhooks::create(&self.engine, &self.ctx, command).await.unwrap();
        receiver.knows(made.secret.as_deref().unwrap());
        made
    }

    /// Writes an event of a conversation into the journal; `None` is the account's own.
    pub(crate) async fn happen(&self, conversation: Option<i64>, n: i64) {
        let (account, now) = (self.account(), self.clock.now());
        let write = self.engine.store.write::<_, Error, _>(Scope::Account(account), move |tx| {
            let kind = match conversation {
                Some(_) => EventKind::MessageCreated,
                None => EventKind::LabelCreated,
            };
            let event = NewEvent {
                kind,
                audience: Audience::Staff,
                room_id: conversation.map(RoomId),
                conversation_id: conversation.map(ConversationId),
                inbox_id: conversation.map(InboxId),
                subject_id: None,
                actor: &Actor::system(),
                reason: None,
                request_id: None,
                data: &tertulia_store::Json::from(json!({"n": n})),
                at: now,
            };
            events::append(tx, account, &event)
        });
        let id = write.await.unwrap();
        self.last_event.fetch_max(id.0, Ordering::SeqCst);
    }

    /// Follows the journal to its end. On PostgreSQL the end is visible once every transaction of
    /// the server that began before it is over, those of other tests included.
    pub(crate) async fn follow(&self) {
        let (account, last) = (self.account(), self.last_event.load(Ordering::SeqCst));
        let settled = async {
            loop {
                let read =
                    self.engine.store.read::<_, Error, _>(Scope::Account(account), move |tx| {
                        events::after_in_account(tx, account, events::Cursor::default(), 10_000)
                    });
                if read.await.unwrap().iter().map(|event| event.id.0).max() >= Some(last)
                    || last == 0
                {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), settled).await.expect("a settled journal");
        let clock = Arc::clone(&self.engine.clock);
        let follower = Arc::new(WebhookFollower::new(clock, self.engine.contracts.clone()));
        Following::new(self.engine.store.clone(), follower).catch_up().await.unwrap();
    }

    pub(crate) fn runner(&self) -> Runner<Engine> {
        let engine = self.engine.clone();
        let (store, clock) = (engine.store.clone(), Arc::clone(&engine.clock));
        let entropy = Arc::clone(&engine.entropy);
        Runner::new(store, clock, entropy, work::registry(), engine)
            .with_limits(Limits { concurrency: 16, ..Limits::default() })
    }

    /// Delivers what is due, now.
    pub(crate) async fn work(&self) {
        self.follow().await;
        self.runner().run_due().await;
    }

    /// Lets time pass in steps, working at each.
    pub(crate) async fn pass(&self, time: Duration, step: Duration) {
        let end = self.clock.now().plus(time);
        while self.clock.now() < end {
            self.clock.advance(step);
            self.work().await;
        }
    }

    pub(crate) async fn webhook(&self, made: &WebhookView) -> tertulia_domain::webhook::Webhook {
        let (account, id) = (self.account(), made.id);
        let read = self.engine.store.read::<_, Error, _>(Scope::Account(account), move |tx| {
            tertulia_store::webhooks::get(tx, account, id)
        });
        read.await.unwrap().unwrap()
    }

    /// The delivery log, oldest first.
    pub(crate) async fn log(&self, made: &WebhookView) -> Vec<WebhookDeliveryView> {
        let (account, id) = (self.account(), made.id);
        let before = tertulia_domain::DeliveryId(i64::MAX);
        let read = self.engine.store.read::<_, Error, _>(Scope::Account(account), move |tx| {
            deliveries::list(tx, account, id, before, 1_000)
        });
        let mut log: Vec<_> = read.await.unwrap().iter().map(WebhookDeliveryView::from).collect();
        log.reverse();
        log
    }

    /// Waits until the journal shows a fact.
    pub(crate) async fn expect_fact(&self, kind: &str) {
        let shown = async {
            while !self.facts().await.contains(&kind) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), shown).await.expect(kind);
    }

    /// Kinds of the events that the account itself made, in order.
    pub(crate) async fn facts(&self) -> Vec<&'static str> {
        let account = self.account();
        let read = self.engine.store.read::<_, Error, _>(Scope::Account(account), move |tx| {
            events::after_in_account(tx, account, events::Cursor::default(), 1_000)
        });
        read.await.unwrap().iter().map(|event| event.kind.as_str()).collect()
    }
}

/// An engine that may call the loopback on these ports.
pub(crate) fn engine(store: Store, clock: &Arc<ManualClock>, ports: &[u16]) -> Engine {
    let mut settings = Settings::new("http://127.0.0.1:8080".parse().unwrap());
    let exceptions = ports
        .iter()
        .map(|port| Exception::Host { name: "127.0.0.1".to_owned(), port: Some(*port) })
        .collect();
    settings.egress = Egress { exceptions, ..Egress::default() };
    let entropy = Arc::new(SeededEntropy::new(11));
    Engine::new(store, Arc::clone(clock) as Arc<dyn Clock>, entropy, settings)
}
