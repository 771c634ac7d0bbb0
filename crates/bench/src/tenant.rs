//! An account on a fresh Tertulia, set up through the front door: set-up link, token, website inbox, visitors.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::http::{Connection, Request};
use crate::load::MakeRequest;

/// Settings of the server under test: everything on, only the limits against abuse out of the way.
pub(crate) const CONFIG: &str = include_str!("bench.toml");

/// Connections that make visitors at the same time.
const CONNECTIONS: usize = 32;

/// What the bench's program may do.
const SCOPES: &[&str] = &[
    "conversations:read",
    "conversations:write",
    "events:read",
    "inboxes:all",
    "inboxes:manage",
    "settings:read",
    "contacts:read",
];

/// What the load needs to know of the account.
pub(crate) struct Tenant {
    pub token: String,
    key: String,
    /// The headers of the administrator's browser.
    session: Vec<(&'static str, String)>,
    visitors: Vec<String>,
}

impl Tenant {
    /// Makes the first administrator with the link that the server printed, a token and an inbox.
    pub(crate) async fn create(port: u16, dir: &Path) -> Result<Self> {
        let log = std::fs::read_to_string(dir.join("server.log"))?;
        let (_, rest) = log.split_once("/setup?token=").context("no set-up link in server.log")?;
        let link = rest.split(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c))).next();
        let mut connection = Connection::open(port).await?;
        let body = json!({"token": link, "account_name": "Bench", "name": "Bea", "locale": "en",
            "email": "bea@example.com", "password": "a long enough password"});
        connection.json(&post("/v1/setup", &body, &[]), 201).await?;
        let cookie = connection.cookie.clone().context("no session")?;
        let session = [("cookie", cookie), ("sec-fetch-site", "same-origin".to_owned())];
        let body = json!({"name": "bench", "scopes": SCOPES});
        let token = connection.json(&post("/v1/tokens", &body, &session), 201).await?;
        let token = text(&token, "/token")?;
        let body = json!({"name": "Site", "channel": "widget"});
        let inbox = connection.json(&post("/v1/inboxes", &body, &[bearer(&token)]), 201).await?;
        let key = text(&inbox, "/settings/key")?;
        Ok(Self { token, key, session: session.to_vec(), visitors: Vec::new() })
    }

    /// Trades the token for one that may do more.
    pub(crate) async fn authorize(&mut self, port: u16, more: &[&str]) -> Result<()> {
        let scopes: Vec<&str> = SCOPES.iter().chain(more).copied().collect();
        let body = json!({"name": "bench with more", "scopes": scopes});
        let mut connection = Connection::open(port).await?;
        let made = connection.json(&post("/v1/tokens", &body, &self.session), 201).await?;
        self.token = text(&made, "/token")?;
        Ok(())
    }

    /// Adds visitors.
    pub(crate) async fn visit(&mut self, port: u16, count: usize) -> Result<()> {
        let share = count.div_ceil(CONNECTIONS);
        let path = format!("/widget/v1/{}/visitors", self.key);
        let makers = (0..CONNECTIONS).map(|maker| {
            let request = post(&path, &json!({"locale": "en"}), &[]);
            let count = share.min(count.saturating_sub(maker * share));
            async move {
                let mut connection = Connection::open(port).await?;
                let mut tokens = Vec::with_capacity(count);
                for _ in 0..count {
                    tokens.push(text(&connection.json(&request, 201).await?, "/token")?);
                }
                Ok::<_, anyhow::Error>(tokens)
            }
        });
        for tokens in futures_util::future::try_join_all(makers).await? {
            self.visitors.extend(tokens);
        }
        Ok(())
    }

    /// The tokens of the visitors so far.
    pub(crate) fn visitors(&self) -> &[String] {
        &self.visitors
    }

    /// Message `n` comes from visitor `n` modulo all visitors.
    pub(crate) fn messages(&self) -> MakeRequest {
        self.messages_of(self.visitors.len())
    }

    /// Message `n` comes from visitor `n` modulo the first `count` visitors.
    pub(crate) fn messages_of(&self, count: usize) -> MakeRequest {
        let visitors: Arc<Vec<String>> =
            Arc::new(self.visitors.iter().take(count).cloned().collect());
        Arc::new(move |number| {
            let visitor = visitors.get(number % visitors.len().max(1));
            let token = visitor.map_or("", String::as_str);
            let body = json!({"client_id": format!("b-{number}"),
                "content": {"type": "text", "text": sentence(number)}});
            post("/widget/v1/messages", &body, &[bearer(token)]).bytes()
        })
    }
}

/// A text of about 100 characters with words that are rare and common in a natural mix.
pub(crate) fn sentence(number: usize) -> String {
    const COMMON: [&str; 12] = [
        "please", "order", "delivery", "my", "the", "payment", "help", "with", "refund", "thanks",
        "address", "account",
    ];
    let mut state = number as u64;
    let mut words = Vec::with_capacity(16);
    for _ in 0..14 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let draw = usize::try_from(state >> 33).unwrap_or(0);
        words.push(
            COMMON
                .get(draw % 24)
                .map_or_else(|| format!("w{}", draw % 20_000), |w| (*w).to_owned()),
        );
    }
    words.push(format!("n{number}"));
    words.join(" ")
}

/// A GET with a token.
pub(crate) fn get(path: &str, token: &str) -> Request {
    let headers = vec![("authorization", format!("Bearer {token}"))];
    Request { method: "GET", path: path.to_owned(), headers, body: String::new() }
}

pub(crate) fn post(path: &str, body: &Value, headers: &[(&'static str, String)]) -> Request {
    let body = body.to_string();
    Request { method: "POST", path: path.to_owned(), headers: headers.to_vec(), body }
}

pub(crate) fn bearer(token: &str) -> (&'static str, String) {
    ("authorization", format!("Bearer {token}"))
}

pub(crate) fn text(value: &Value, pointer: &str) -> Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    Ok(found.with_context(|| format!("no {pointer} in {value}"))?.to_owned())
}
