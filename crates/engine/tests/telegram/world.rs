//! One account with a bot that is connected to a double, on a clock that moves by hand.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::{Channel, Inbox, ProviderToken};
use tertulia_domain::message::{Message, Visibility};
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, Clock, ConversationId, InboxId, MessageId, UserId};
use tertulia_doubles::telegram::{Customer, NewUser, Settings as DoubleSettings, TelegramDouble};
use tertulia_engine::inboxes::{self, Create, Polled, SettingsChange, poll};
use tertulia_engine::messages::{Send, send};
use tertulia_engine::views::{ConversationView, InboxView, MessageView};
use tertulia_engine::{Access, Ctx, Engine, Error, Settings, work};
use tertulia_jobs::Runner;
use tertulia_net::{Egress, Exception};
use tertulia_store::conversations::{self, Filter, Page, Viewer};
use tertulia_store::messages::{Log, Span};
use tertulia_store::{Scope, accounts, credentials, messages, users};
use tertulia_testkit::{ManualClock, SeededEntropy, TestDb};

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) account: AccountId,
    pub(crate) agent: UserId,
    pub(crate) double: TelegramDouble,
    pub(crate) inbox: InboxId,
}

impl World {
    /// A bot that is asked for news, because this server has no address with a certificate.
    pub(crate) async fn open(db: &TestDb) -> Self {
        Self::at(db, "http://desk.example").await
    }

    pub(crate) async fn at(db: &TestDb, public_url: &str) -> Self {
        let double = TelegramDouble::start().await.unwrap();
        // Paces have tests of their own; here nobody waits.
        double.set(|settings: &mut DoubleSettings| settings.limits.enforced = false);
        let clock = Arc::new(ManualClock::new());
        let now = clock.now();
        let (account, agent) = db
            .store
            .write::<_, tertulia_store::Error, _>(Scope::System, move |tx| {
                let account = accounts::create(tx, "Acme", "en", ConversationPolicy::Contact, now)?;
                let new = credentials::NewUser {
                    email: "ana@desk.example",
                    name: "Ana",
                    locale: "en",
                    password_hash: None,
                    now,
                };
                let agent = credentials::create(tx, &new)?.unwrap();
                users::add(tx, account, agent, Role::Administrator, now)?;
                Ok((account, agent))
            })
            .await
            .unwrap();
        let engine = engine(db, &clock, &double, public_url);
        let mut world = Self { engine, clock, account, agent, double, inbox: InboxId(0) };
        world.inbox = world.connect(&world.double.token()).await.unwrap().id;
        world.work().await;
        world
    }

    pub(crate) async fn connect(&self, token: &str) -> Result<InboxView, Error> {
        let settings =
            SettingsChange { token: Some(ProviderToken::new(token)), ..SettingsChange::default() };
        let command = Create { name: String::new(), channel: Channel::Telegram, settings };
        inboxes::create(&self.engine, &self.agent(), command).await
    }

    pub(crate) fn agent(&self) -> Ctx {
        let access = Access::User { id: self.agent, role: Role::Administrator };
        Ctx::new(self.account, access, "Ana".to_owned())
    }

    /// Another node on the same database.
    pub(crate) fn another_node(&self, db: &TestDb) -> Engine {
        let engine = engine(db, &self.clock, &self.double, "http://desk.example");
        let store = tokio::task::block_in_place(|| db.another_node());
        Engine { store, ..engine }
    }

    pub(crate) fn customer(&self) -> Customer {
        self.double.customer(NewUser {
            id: Some(9_007_199_254_740_993),
            last_name: Some("Lima".to_owned()),
            username: Some("bea".to_owned()),
            language_code: Some("pt".to_owned()),
            ..NewUser::named("Bea")
        })
    }

    /// Runs what is due now.
    pub(crate) async fn work(&self) {
        let (store, clock) = (self.engine.store.clone(), Arc::clone(&self.engine.clock));
        let entropy = Arc::clone(&self.engine.entropy);
        let runner = Runner::new(store, clock, entropy, work::registry(), self.engine.clone());
        runner.run_due().await;
    }

    /// Lets time pass, on both sides, and runs what has become due.
    pub(crate) async fn pass(&self, by: Duration) {
        self.clock.advance(by);
        self.double.advance(by);
        self.work().await;
    }

    /// Takes in what the double has, and confirms it.
    pub(crate) async fn hear(&self) -> usize {
        let place = (self.account, self.inbox);
        let (mut total, mut offset) = (0, None);
        loop {
            let polled = poll(&self.engine, "node", place, offset, 0).await.unwrap();
            let Polled::Taken { updates, next } = polled else { panic!("{polled:?}") };
            total += updates;
            if updates == 0 {
                break;
            }
            offset = next;
        }
        self.work().await;
        total
    }

    pub(crate) async fn conversations(&self) -> Vec<ConversationView> {
        let account = self.account;
        let read = self.engine.store.read(Scope::Account(account), move |tx| {
            let page = Page { limit: 1_000, ..Page::default() };
            conversations::list(tx, account, Viewer::SYSTEM, &Filter::default(), page)
        });
        read.await.unwrap().iter().map(ConversationView::from).collect()
    }

    /// The only conversation there is.
    pub(crate) async fn conversation(&self) -> ConversationView {
        let mut found = self.conversations().await;
        assert_eq!(found.len(), 1, "one conversation");
        found.remove(0)
    }

    /// The log of a conversation, activities and all.
    pub(crate) async fn log_of(&self, conversation: &ConversationView) -> Vec<Message> {
        let (account, id, room) = (self.account, conversation.id, conversation.room_id);
        let log = Log { room, conversation: Some(id), public_only: false };
        let read = self.engine.store.read(Scope::Account(account), move |tx| {
            messages::page(tx, account, log, Span::After(0), 1_000)
        });
        read.await.unwrap().0
    }

    /// The public messages of the only conversation.
    pub(crate) async fn said(&self) -> Vec<Message> {
        let log = self.log_of(&self.conversation().await).await;
        log.into_iter().filter(|message| message.visibility == Visibility::Public).collect()
    }

    pub(crate) async fn texts(&self) -> Vec<String> {
        self.said().await.into_iter().map(|message| message.text).collect()
    }

    pub(crate) async fn message(&self, id: MessageId) -> Message {
        let account = self.account;
        let read = self
            .engine
            .store
            .read(Scope::Account(account), move |tx| messages::find(tx, account, id));
        read.await.unwrap().unwrap()
    }

    /// The agent writes; the message is not sent yet.
    pub(crate) async fn write(&self, content: Content) -> MessageView {
        let conversation = self.conversation().await.id;
        self.write_in(conversation, content, None).await
    }

    pub(crate) async fn write_in(
        &self,
        conversation: ConversationId,
        content: Content,
        reply_to: Option<MessageId>,
    ) -> MessageView {
        let command = Send {
            conversation,
            content,
            spans: Vec::new(),
            visibility: Visibility::Public,
            client_id: None,
            external_id: None,
            reply_to,
            attachments: Vec::new(),
            expected_seq: None,
        };
        send(&self.engine, &self.agent(), command).await.unwrap()
    }

    /// The agent writes a text, and it goes out.
    pub(crate) async fn say(&self, words: &str) -> Message {
        let view = self.write(text(words)).await;
        self.work().await;
        self.message(view.id).await
    }

    pub(crate) async fn inbox(&self) -> Inbox {
        let (account, id) = (self.account, self.inbox);
        let read = self
            .engine
            .store
            .read(Scope::Account(account), move |tx| tertulia_store::inboxes::get(tx, account, id));
        read.await.unwrap().unwrap()
    }

    /// What Telegram shows the customer of the bot's messages.
    pub(crate) fn seen(&self, customer: &Customer) -> Vec<String> {
        self.double.books().texts_from_bot(customer.chat_id())
    }

    /// Calls a method of the Bot API behind the platform's back.
    pub(crate) async fn call(&self, method: &str, body: Value) -> Value {
        let url = format!("{}/bot{}/{method}", self.double.base_url(), self.double.token());
        let request = tertulia_net::Request::post(&url, body.to_string()).unwrap();
        let request = request.header("content-type", "application/json").unwrap();
        let answer = self.engine.http.send(request).await.unwrap();
        serde_json::from_slice(&answer.body).unwrap()
    }
}

fn engine(
    db: &TestDb,
    clock: &Arc<ManualClock>,
    double: &TelegramDouble,
    public_url: &str,
) -> Engine {
    let mut settings = Settings::new(public_url.parse().unwrap());
    settings.telegram_url = double.base_url();
    let address = double.base_url();
    let (_, port) = address.rsplit_once(':').unwrap();
    let exception =
        Exception::Host { name: "127.0.0.1".to_owned(), port: Some(port.parse().unwrap()) };
    settings.egress = Egress { exceptions: vec![exception], ..Egress::default() };
    let passed: Arc<dyn Clock> = Arc::clone(clock) as Arc<dyn Clock>;
    Engine::new(db.store.clone(), passed, Arc::new(SeededEntropy::new(7)), settings)
}

pub(crate) fn text(text: &str) -> Content {
    Content::Text { text: text.to_owned() }
}

/// An update as Telegram would push it.
pub(crate) fn update(id: i64, kind: &str, value: Value) -> Value {
    json!({"update_id": id, kind: value})
}
