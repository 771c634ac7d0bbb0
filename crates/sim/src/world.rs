//! The world of one run: the real engine on a manual clock, a provider with its own books, and what the
//! actors believe to have done.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::Visibility;
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, ConversationId, MessageId};
use tertulia_engine::inboxes::SettingsChange;
use tertulia_engine::messages::Send;
use tertulia_engine::outbound::{self, Delivery};
use tertulia_engine::{Access, Ctx, Engine, Settings, accounts, inboxes, messages, users};
use tertulia_jobs::{Backoff, Job, JobError, Limits, Policy, Registry, Runner};
use tertulia_net::{Egress, HeaderMap, HttpClient};
use tertulia_testkit::{ManualClock, SeededEntropy, TestDb};

use crate::dice::Dice;
use crate::faults::Storm;
use crate::provider::Provider;

/// Attempts of a delivery; generous, so that a run never ends by giving up.
const DELIVERY: Policy =
    Policy { attempts_max: 50, backoff: Backoff::Doubling { first_ms: 1_000, max_ms: 60_000 } };

/// Everything in one run.
pub(crate) struct World {
    pub dice: Dice,
    pub storm: Arc<Storm>,
    pub clock: Arc<ManualClock>,
    pub provider: Provider,
    pub engine: Engine,
    pub agent: Ctx,
    pub account: AccountId,
    pub books: Books,
    http: HttpClient,
    hook_token: String,
    secret: String,
    db: TestDb,
}

/// What the actors know to have been acknowledged, and what they still have to repeat.
#[derive(Default)]
pub(crate) struct Books {
    /// Customers' messages by the provider's id: text, and whether it was acknowledged.
    pub inbound: BTreeMap<String, Inbound>,
    /// Agents' messages by client id.
    pub outbound: BTreeMap<String, Outbound>,
}

#[derive(Debug, Clone)]
pub(crate) struct Inbound {
    pub contact: String,
    pub text: String,
    pub acknowledged: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Outbound {
    pub conversation: ConversationId,
    pub text: String,
    pub message: Option<MessageId>,
}

impl World {
    pub(crate) async fn new(seed: u64) -> Result<Self> {
        let db = TestDb::sqlite();
        let clock = Arc::new(ManualClock::new());
        let provider = Provider::start(seed ^ 0xA5A5).await?;
        let storm = Arc::new(Storm::new(seed ^ 0x5A5A));
        let engine = engine(&db, &clock, &storm, seed)?;
        let account =
            accounts::create(&engine, accounts::Create { name: "Sim".into(), locale: "en".into() })
                .await?
                .id;
        let system = Ctx::system(account);
        let command = users::Create {
            email: "agent@example.com".into(),
            name: "Agent".into(),
            locale: "en".into(),
            role: Role::Administrator,
            password: "a long enough password".into(),
        };
        let user = users::create(&engine, &system, command).await?;
        let webhook_url = format!("http://127.0.0.1:{}/in", provider.port);
        let settings =
            SettingsChange { webhook_url: Some(Some(webhook_url)), ..SettingsChange::default() };
        let command = inboxes::Create { name: "Channel".into(), channel: Channel::Api, settings };
        let inbox = inboxes::create(&engine, &system, command).await?;
        let secret = inboxes::secrets(&engine, &system, inbox.id).await?.secret;
        let access = Access::User { id: user.id, role: Role::Administrator };
        let exceptions = vec!["127.0.0.1/32".parse().map_err(anyhow::Error::msg)?];
        let http = HttpClient::new(Egress { ports: vec![provider.port], exceptions });
        Ok(Self {
            dice: Dice::new(seed),
            storm,
            clock,
            provider,
            agent: Ctx::new(account, access, "Agent".to_owned()),
            engine,
            account,
            books: Books::default(),
            http,
            hook_token: inbox.hook_token,
            secret,
            db,
        })
    }

    /// The process dies and starts again: nothing that was only in memory is left.
    pub(crate) fn restart(&mut self, seed: u64) -> Result<()> {
        self.engine = engine(&self.db, &self.clock, &self.storm, seed)?;
        Ok(())
    }

    /// The provider posts messages; true when it may believe that all were taken.
    pub(crate) async fn post(&self, ids: &[String]) -> bool {
        let events: Vec<_> = ids
            .iter()
            .filter_map(|id| {
                let inbound = self.books.inbound.get(id)?;
                Some(json!({"type": "message", "id": id, "contact": {"id": inbound.contact},
                    "content": {"type": "text", "text": inbound.text}}))
            })
            .collect();
        let body = json!({"events": events}).to_string();
        let mut headers = HeaderMap::new();
        let Ok(bearer) = format!("Bearer {}", self.secret).parse() else { return false };
        headers.insert("authorization", bearer);
        let accepted = tertulia_engine::inbound::accept(
            &self.engine,
            &self.hook_token,
            &headers,
            body.as_bytes(),
        );
        accepted.await.is_ok()
    }

    /// The agent sends, or repeats what was not acknowledged.
    pub(crate) async fn send(&mut self, client_id: &str) -> Result<()> {
        let outbound = self.books.outbound.get(client_id).context("unknown client id")?;
        let command = Send {
            conversation: outbound.conversation,
            content: Content::Text { text: outbound.text.clone() },
            spans: Vec::new(),
            visibility: Visibility::Public,
            client_id: Some(client_id.to_owned()),
            external_id: None,
            reply_to: None,
            attachments: Vec::new(),
            expected_seq: None,
        };
        let sent = messages::send(&self.engine, &self.agent, command).await;
        if let (Ok(message), Some(outbound)) = (sent, self.books.outbound.get_mut(client_id)) {
            outbound.message = Some(message.id);
        }
        Ok(())
    }

    /// A worker runs what is due.
    pub(crate) async fn work(&self) {
        let http = self.http.clone();
        let registry = Registry::default()
            .on(outbound::DELIVER, DELIVERY, move |engine, job| deliver(engine, http.clone(), job));
        let clock: Arc<dyn tertulia_domain::Clock> = self.clock.clone();
        let entropy = Arc::clone(&self.engine.entropy);
        let store = self.engine.store.clone();
        // One at a time: two at once would make the order of the dice a matter of the threads.
        let limits = Limits { concurrency: 1, ..Limits::default() };
        let runner = Runner::new(store, clock, entropy, registry, self.engine.clone());
        runner.with_limits(limits).run_due().await;
    }

    pub(crate) fn advance(&self, secs: u64) {
        self.clock.advance(Duration::from_secs(secs));
    }
}

fn engine(db: &TestDb, clock: &Arc<ManualClock>, storm: &Arc<Storm>, seed: u64) -> Result<Engine> {
    let store = db.another_node().with_faults(storm.clone());
    let settings = Settings::new("http://127.0.0.1/".parse()?);
    Ok(Engine::new(store, clock.clone(), Arc::new(SeededEntropy::new(seed)), settings))
}

async fn deliver(mut engine: Engine, http: HttpClient, job: Job) -> Result<(), JobError> {
    engine.http = http;
    let Some(account) = job.account else {
        return Err(JobError::fail("a delivery without an account"));
    };
    match outbound::deliver(&engine, account, &job.payload).await {
        Ok(Delivery::Settled) => Ok(()),
        Ok(Delivery::Again { after, reason }) => Err(JobError::Retry { after, reason }),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}
