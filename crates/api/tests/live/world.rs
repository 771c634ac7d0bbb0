//! A server on a real socket, a few people in its database, and clients for its streams.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tertulia_api::{App, Limits, Settings};
use tertulia_domain::access::Permission;
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::actor::Actor;
use tertulia_domain::content::Content;
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::inbox::{Channel, Inbox, InboxSettings, WidgetSettings};
use tertulia_domain::message::Visibility;
use tertulia_domain::user::Role;
use tertulia_domain::{
    AccountId, Clock, ConversationId, InboxId, RoomId, SessionId, Timestamp, UserId,
};
use tertulia_engine::messages;
use tertulia_engine::views::MessageView;
use tertulia_engine::{Ctx, Engine, sessions, tokens, views};
use tertulia_live::{Hub, HubConfig, Shapes};
use tertulia_store::{Error, Scope, WriteTx, credentials, events, inboxes, users};
use tertulia_testkit::{ManualClock, SeededEntropy, TestDb};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Message, http};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tower::ServiceExt;

/// How long anything may take that is not about time.
pub(crate) const SOON: Duration = Duration::from_secs(10);

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) address: SocketAddr,
    pub(crate) account: AccountId,
    pub(crate) inboxes: [InboxId; 2],
    pub(crate) engine: Engine,
    pub(crate) live: Hub,
    clock: Arc<ManualClock>,
    router: Router,
    _tasks: JoinSet<()>,
    shutdown: watch::Sender<bool>,
}

/// A person with a signed-in browser.
pub(crate) struct Person {
    pub(crate) user: UserId,
    pub(crate) session: SessionId,
    pub(crate) cookie: String,
    pub(crate) secret: String,
}

/// An answer of the router.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl World {
    /// An account with two inboxes, served.
    pub(crate) async fn serve() -> Self {
        let db = TestDb::sqlite();
        let clock = Arc::new(ManualClock::new());
        let now = clock.now();
        let (account, inboxes) =
            db.store.write::<_, Error, _>(Scope::System, move |tx| seed(tx, now)).await.unwrap();
        let passed: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
        let public_url = "http://desk.example".parse().unwrap();
        let settings = tertulia_engine::Settings::new(public_url);
        let entropy = Arc::new(SeededEntropy::new(7));
        let engine = Engine::new(db.store.clone(), Arc::clone(&passed), entropy, settings);
        let shapes = Shapes { staff: views::staff_event, visitor: views::visitor_event };
        let live = Hub::new(HubConfig { store: db.store.clone(), clock: passed, shapes });
        let (shutdown, asked) = watch::channel(false);
        let mut tasks = JoinSet::new();
        tasks.spawn(live.clone().run(asked));
        let limits = Limits {
            json_bytes_max: 65_536,
            import_bytes_max: 65_536,
            body_within: Duration::from_secs(30),
            body_bytes_per_sec_min: 1_024,
        };
        let settings = Settings { trusted_proxies: Vec::new(), limits };
        let app = App::new(engine.clone(), live.clone(), settings);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = tertulia_api::router(app, Router::new());
        let served = router.clone();
        tasks.spawn(async move {
            axum::serve(listener, served).await.unwrap();
        });
        Self { db, address, account, inboxes, engine, live, clock, router, _tasks: tasks, shutdown }
    }

    /// As when the process is asked to end.
    pub(crate) fn shut_down(&self) {
        self.shutdown.send_replace(true);
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        body: impl Fn(&mut WriteTx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> T {
        self.db.store.write(Scope::System, body).await.unwrap()
    }

    pub(crate) async fn person(
        &self,
        name: &'static str,
        role: Role,
        member: &[InboxId],
    ) -> Person {
        let (account, now, member) = (self.account, self.clock.now(), member.to_vec());
        let secret = format!("secret-of-{name}");
        let token_hash = hash(&secret);
        let (user, session) = self
            .write(move |tx| {
                let email = format!("{name}@desk.example");
                let new = credentials::NewUser {
                    email: &email,
                    name,
                    locale: "en",
                    password_hash: None,
                    now,
                };
                let user = credentials::create(tx, &new)?.unwrap();
                users::add(tx, account, user, role, now)?;
                for &inbox in &member {
                    inboxes::set_members(tx, account, inbox, &[user])?;
                }
                let new = tertulia_store::sessions::NewSession {
                    token_hash: &token_hash,
                    user_id: user,
                    account_id: account,
                    user_agent: "test",
                    ip: "127.0.0.1",
                    now,
                    expires_at: now.plus(Duration::from_secs(3_600)),
                };
                Ok((user, tertulia_store::sessions::create(tx, &new)?))
            })
            .await;
        Person { user, session, cookie: format!("tertulia={secret}"), secret }
    }

    /// Appends something that happened in a conversation of an inbox.
    pub(crate) async fn happen(&self, inbox: InboxId, note: &str) {
        let data = json!({ "conversation_id": 1, "note": note });
        self.journal(EventKind::ConversationRead, Some(inbox), None, data).await;
    }

    pub(crate) async fn journal(
        &self,
        kind: EventKind,
        inbox: Option<InboxId>,
        subject: Option<i64>,
        data: Value,
    ) {
        let (account, at) = (self.account, self.clock.now());
        self.write(move |tx| {
            let event = events::NewEvent {
                kind,
                audience: Audience::Staff,
                room_id: inbox.map(|inbox| RoomId(inbox.0)),
                conversation_id: inbox.map(|inbox| ConversationId(inbox.0)),
                inbox_id: inbox,
                subject_id: subject,
                actor: &Actor::system(),
                reason: None,
                request_id: None,
                data: &tertulia_store::Json::from(data.clone()),
                at,
            };
            events::append(tx, account, &event)
        })
        .await;
    }

    /// A stream with these headers.
    pub(crate) async fn connect(&self, headers: &[(&'static str, &str)]) -> Client {
        self.connect_to("/v1/stream", headers).await
    }

    /// A WebSocket at an address.
    pub(crate) async fn connect_to(&self, path: &str, headers: &[(&'static str, &str)]) -> Client {
        let mut request = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        for (name, value) in headers {
            let value = http::HeaderValue::from_str(value).unwrap();
            request.headers_mut().insert(*name, value);
        }
        let (socket, _) = connect_async(request).await.unwrap();
        Client { socket }
    }

    /// A request to the router, with its answer.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, headers, body }
    }

    /// A JSON request of a visitor.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<Value>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.body(body).unwrap()).await
    }

    /// A new visitor of the first website, by its token.
    pub(crate) async fn visitor(&self) -> String {
        let answer = self.call("POST", "/widget/v1/wk_0/visitors", None, Some(json!({}))).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body["token"].as_str().expect("a token").to_owned()
    }

    /// A visitor's text; answers the message.
    pub(crate) async fn write_text(&self, token: &str, client_id: &str, text: &str) -> Value {
        let body = json!({"client_id": client_id, "content": {"type": "text", "text": text}});
        let answer = self.call("POST", "/widget/v1/messages", Some(token), Some(body)).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.body
    }

    /// What a request of a person would be made with.
    pub(crate) async fn ctx(&self, person: &Person) -> Ctx {
        sessions::authenticate(&self.engine, &person.secret).await.unwrap()
    }

    /// An agent's text in a conversation.
    pub(crate) async fn answer(
        &self,
        person: &Person,
        conversation: i64,
        visibility: Visibility,
        text: &str,
    ) -> MessageView {
        let command = messages::Send {
            conversation: ConversationId(conversation),
            content: Content::Text { text: text.to_owned() },
            spans: Vec::new(),
            visibility,
            client_id: None,
            external_id: None,
            reply_to: None,
            attachments: Vec::new(),
            expected_seq: None,
        };
        messages::send(&self.engine, &self.ctx(person).await, command).await.unwrap()
    }

    /// An API token of a new administrator.
    pub(crate) async fn token(&self, scopes: &'static [Permission]) -> String {
        let person = self.person("token-maker", Role::Administrator, &[]).await;
        let command =
            tokens::Create { name: "test".to_owned(), scopes: scopes.to_vec(), expires_at: None };
        let view = tokens::create(&self.engine, &self.ctx(&person).await, command).await.unwrap();
        view.token.expect("the secret, once")
    }

    /// A visitor's stream, live from a cursor on.
    pub(crate) async fn widget(&self, token: &str, cursor: Option<&str>) -> Client {
        let mut client = self.connect_to("/widget/v1/stream", &[]).await;
        client.send(&json!({"type": "subscribe", "token": token, "cursor": cursor})).await;
        client
    }

    /// A stream as the console opens it.
    pub(crate) async fn console(&self, person: &Person) -> Client {
        self.connect(&[("cookie", &person.cookie), ("origin", "http://desk.example")]).await
    }

    /// The same, subscribed to everything and live.
    pub(crate) async fn live(&self, person: &Person, cursor: Option<&str>) -> Client {
        let mut client = self.console(person).await;
        client.subscribe(&["account"], cursor).await;
        client.until("ready").await;
        client
    }
}

impl Client {
    pub(crate) async fn subscribe(&mut self, topics: &[&str], cursor: Option<&str>) {
        self.send(&json!({"type": "subscribe", "topics": topics, "cursor": cursor})).await;
    }

    pub(crate) async fn send(&mut self, frame: &Value) {
        self.send_raw(Message::text(frame.to_string())).await;
    }

    pub(crate) async fn send_raw(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// The next frame, or the close code.
    pub(crate) async fn next(&mut self) -> Result<Value, u16> {
        loop {
            let message = tokio::time::timeout(SOON, self.socket.next()).await.expect("a frame");
            match message {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map_or(1005, |frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// Skips to the next frame of a type.
    pub(crate) async fn until(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.next().await.expect("still open");
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// The next new message that somebody wrote.
    pub(crate) async fn message(&mut self) -> Value {
        loop {
            let event = self.until("event").await["event"].clone();
            let message = &event["data"]["message"];
            if event["type"] == "message.created" && message["visibility"] != "activity" {
                return message.clone();
            }
        }
    }

    /// The next event's note.
    pub(crate) async fn note(&mut self) -> String {
        let frame = self.until("event").await;
        frame["event"]["data"]["note"].as_str().expect("a note").to_owned()
    }

    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }
}

fn seed(tx: &mut WriteTx<'_>, now: Timestamp) -> Result<(AccountId, [InboxId; 2]), Error> {
    let policy = ConversationPolicy::Contact;
    let account = tertulia_store::accounts::create(tx, "Acme", "en", policy, now)?;
    let mut ids = [InboxId(0); 2];
    for (index, id) in ids.iter_mut().enumerate() {
        let key = format!("wk_{index}");
        let settings = WidgetSettings { key, ..WidgetSettings::default() };
        let inbox = Inbox {
            id: InboxId(0),
            name: format!("Site {index}"),
            channel: Channel::Widget,
            enabled: true,
            hook_token: format!("hook-{index}"),
            secret: "s".to_owned(),
            identity_secret: "i".to_owned(),
            provider_token: None,
            health: None,
            reopen_window_secs: 0,
            greeting: String::new(),
            settings: InboxSettings::Widget(settings),
            created_at: now,
        };
        *id = inboxes::create(tx, account, &inbox)?;
    }
    Ok((account, ids))
}
