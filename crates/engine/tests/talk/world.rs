//! One account with an agent, a widget and a channel of its own, on a manual clock.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::{ApiSettings, Channel, Inbox, InboxSettings, WidgetSettings};
use tertulia_domain::message::{Message, Visibility};
use tertulia_domain::user::Role;
use tertulia_domain::{
    AccountId, Clock, ContactId, ConversationId, InboxId, MessageId, Timestamp, UserId,
};
use tertulia_engine::inbound::{Accepted, Answer, VisitorMessage, accept, accept_visitor_message};
use tertulia_engine::messages::{Send, send};
use tertulia_engine::views::{ConversationView, MessageView};
use tertulia_engine::{Access, Ctx, Engine, Error, Settings};
use tertulia_net::HeaderMap;
use tertulia_store::contacts::NewContact;
use tertulia_store::conversations::{self, Filter, Page, Shown, Viewer};
use tertulia_store::messages::{Log, Span};
use tertulia_store::{
    Scope, WriteTx, accounts, contacts, credentials, events, identities, inboxes, messages, users,
};
use tertulia_testkit::{ManualClock, SeededEntropy, TestDb};

pub(crate) const SECRET: &str = "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
pub(crate) const REOPEN_WINDOW_SECS: i64 = 3_600;

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) account: AccountId,
    pub(crate) agent: UserId,
    pub(crate) widget: InboxId,
    pub(crate) api: InboxId,
}

impl World {
    pub(crate) async fn open(db: &TestDb) -> Self {
        Self::with(db, ConversationPolicy::Contact, None).await
    }

    pub(crate) async fn with(
        db: &TestDb,
        policy: ConversationPolicy,
        webhook_url: Option<String>,
    ) -> Self {
        let clock = Arc::new(ManualClock::new());
        let now = clock.now();
        let seeded = move |tx: &mut WriteTx<'_>| seed(tx, policy, webhook_url.clone(), now);
        let (account, agent, widget, api) = db.store.write(Scope::System, seeded).await.unwrap();
        let settings = Settings::new("http://desk.example".parse().unwrap());
        let passed: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
        let entropy = Arc::new(SeededEntropy::new(7));
        let engine = Engine::new(db.store.clone(), passed, entropy, settings);
        Self { engine, clock, account, agent, widget, api }
    }

    pub(crate) fn agent(&self) -> Ctx {
        let access = Access::User { id: self.agent, role: Role::Agent };
        Ctx::new(self.account, access, "Ana".to_owned())
    }

    /// Posts events to the channel's hook.
    pub(crate) async fn post(&self, events: Vec<Value>) -> Result<Accepted, Error> {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", format!("Bearer {SECRET}").parse().unwrap());
        let body = json!({ "events": events }).to_string();
        accept(&self.engine, "hook-api", &headers, body.as_bytes()).await
    }

    /// Posts one event and gives its answer.
    pub(crate) async fn tell(&self, event: Value) -> Answer {
        self.post(vec![event]).await.unwrap().answers.remove(0)
    }

    /// A customer writes on the channel.
    pub(crate) async fn hear(&self, id: &str, text: &str) -> Answer {
        self.tell(message(id, "customer-7", text)).await
    }

    /// The agent writes.
    pub(crate) async fn say(
        &self,
        conversation: ConversationId,
        text: &str,
    ) -> Result<MessageView, Error> {
        send(&self.engine, &self.agent(), reply(conversation, text)).await
    }

    pub(crate) async fn conversations(&self) -> Vec<Shown> {
        let account = self.account;
        self.engine
            .store
            .read(Scope::Account(account), move |tx| {
                let page = Page { limit: 100, ..Page::default() };
                conversations::list(tx, account, Viewer::SYSTEM, &Filter::default(), page)
            })
            .await
            .unwrap()
    }

    /// The only conversation there is.
    pub(crate) async fn conversation(&self) -> ConversationView {
        let found = self.conversations().await;
        assert_eq!(found.len(), 1, "one conversation");
        ConversationView::from(&found[0])
    }

    /// The whole log of a conversation.
    pub(crate) async fn log(&self, conversation: &ConversationView) -> Vec<Message> {
        let (account, id, room) = (self.account, conversation.id, conversation.room_id);
        let log = Log { room, conversation: Some(id), public_only: false };
        self.engine
            .store
            .read(Scope::Account(account), move |tx| {
                messages::page(tx, account, log, Span::After(0), 1_000)
            })
            .await
            .unwrap()
            .0
    }

    /// What was said in public, in order.
    pub(crate) async fn said(&self) -> Vec<String> {
        let log = self.log(&self.conversation().await).await;
        log.into_iter().filter(|m| m.visibility == Visibility::Public).map(|m| m.text).collect()
    }

    pub(crate) async fn message(&self, id: MessageId) -> Message {
        let account = self.account;
        let read = self
            .engine
            .store
            .read(Scope::Account(account), move |tx| messages::find(tx, account, id));
        read.await.unwrap().unwrap()
    }

    /// The types of all events of the only conversation, oldest first.
    pub(crate) async fn events(&self) -> Vec<String> {
        let (account, id) = (self.account, self.conversation().await.id);
        // Not the feed: on a busy server that may still wait for somebody else's transaction.
        let read = self.engine.store.read(Scope::Account(account), move |tx| {
            events::of_conversation(tx, account, id, 10_000)
        });
        read.await.unwrap().iter().map(|event| event.kind.to_string()).collect()
    }

    pub(crate) async fn write<T: std::marker::Send + 'static>(
        &self,
        body: impl Fn(&mut WriteTx<'_>) -> tertulia_store::Result<T> + std::marker::Send + 'static,
    ) -> T {
        self.engine.store.write(Scope::Account(self.account), body).await.unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn clock_in(&self, secs: u64) -> Timestamp {
        self.clock.now().plus(Duration::from_secs(secs))
    }

    /// A visitor of the website; the same contact as on the channel if that address is known there.
    pub(crate) async fn visitor_of(&self, address: &'static str) -> Ctx {
        let (account, api, widget, now) = (self.account, self.api, self.widget, self.now());
        let (contact, identity) = self
            .write(move |tx| {
                let contact = match identities::resolve(tx, account, api, address)? {
                    Some(known) => known.contact_id,
                    None => {
                        let name = "Bea".to_owned();
                        let new = NewContact { name, ..NewContact::default() };
                        contacts::insert(tx, account, &new, now)?.id
                    }
                };
                let identity =
                    identities::insert(tx, account, widget, contact, address, false, now)?;
                Ok((contact, identity))
            })
            .await;
        let access = Access::Visitor { inbox: widget, identity, contact, room: None };
        Ctx::new(account, access, "Bea".to_owned())
    }

    /// A visitor writes.
    pub(crate) async fn write_as(
        &self,
        visitor: &Ctx,
        client_id: &str,
        words: &str,
    ) -> Result<MessageView, Error> {
        let message = VisitorMessage {
            client_id: client_id.to_owned(),
            content: text(words),
            attachments: Vec::new(),
            reply_to: None,
            page: None,
        };
        accept_visitor_message(&self.engine, visitor, message).await
    }

    pub(crate) async fn block(&self, contact: ContactId) {
        let (account, now) = (self.account, self.now());
        self.write(move |tx| {
            let mut blocked = contacts::find(tx, account, contact)?.unwrap();
            blocked.blocked_at = Some(now);
            contacts::save(tx, account, &blocked)
        })
        .await;
    }

    pub(crate) fn pass(&self, secs: u64) {
        self.clock.advance(Duration::from_secs(secs));
    }
}

/// A message event of the channel.
pub(crate) fn message(id: &str, contact: &str, text: &str) -> Value {
    json!({
        "type": "message", "id": id, "contact": {"id": contact, "name": "Bea"},
        "content": {"type": "text", "text": text},
    })
}

pub(crate) fn text(text: &str) -> Content {
    Content::Text { text: text.to_owned() }
}

pub(crate) fn reply(conversation: ConversationId, words: &str) -> Send {
    Send {
        conversation,
        content: text(words),
        spans: Vec::new(),
        visibility: Visibility::Public,
        client_id: None,
        external_id: None,
        reply_to: None,
        attachments: Vec::new(),
        expected_seq: None,
    }
}

fn seed(
    tx: &mut WriteTx<'_>,
    policy: ConversationPolicy,
    webhook_url: Option<String>,
    now: Timestamp,
) -> tertulia_store::Result<(AccountId, UserId, InboxId, InboxId)> {
    let account = accounts::create(tx, "Acme", "en", policy, now)?;
    let new = credentials::NewUser {
        email: "ana@desk.example",
        name: "Ana",
        locale: "en",
        password_hash: None,
        now,
    };
    let agent = credentials::create(tx, &new)?.unwrap();
    users::add(tx, account, agent, Role::Agent, now)?;
    let inbox = |channel, settings, hook_token: &str| Inbox {
        id: InboxId(0),
        name: hook_token.to_owned(),
        channel,
        enabled: true,
        hook_token: hook_token.to_owned(),
        secret: SECRET.to_owned(),
        identity_secret: "i".to_owned(),
        provider_token: None,
        health: None,
        reopen_window_secs: REOPEN_WINDOW_SECS,
        greeting: String::new(),
        settings,
        created_at: now,
    };
    let settings = WidgetSettings { key: "wk".to_owned(), ..WidgetSettings::default() };
    let widget = inbox(Channel::Widget, InboxSettings::Widget(settings), "hook-widget");
    let widget = inboxes::create(tx, account, &widget)?;
    let settings = InboxSettings::Api(ApiSettings { webhook_url });
    let api = inboxes::create(tx, account, &inbox(Channel::Api, settings, "hook-api"))?;
    for inbox in [widget, api] {
        inboxes::set_members(tx, account, inbox, &[agent])?;
    }
    Ok((account, agent, widget, api))
}
