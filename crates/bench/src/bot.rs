//! An agent bot that notes when it was told of each message, and as much of Telegram as connecting takes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{any, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::bots::Calls;

/// How often the books are looked at while something is awaited.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A bot on a port of its own.
pub(crate) struct Bot {
    pub port: u16,
    books: Arc<Books>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Default)]
struct Books {
    calls: Mutex<Calls>,
    /// Takes requests and never answers.
    is_dead: AtomicBool,
    revived: Notify,
}

impl Bot {
    pub(crate) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let books = Arc::new(Books::default());
        let kept = Arc::clone(&books);
        let router =
            Router::new().route("/", post(move |body: Bytes| take(Arc::clone(&kept), body)));
        Ok(Self { port, books, task: serve(listener, router) })
    }

    /// From now on it takes requests and says nothing.
    pub(crate) fn die(&self) {
        self.books.is_dead.store(true, Ordering::SeqCst);
    }

    /// It answers again, those too that wait.
    pub(crate) fn revive(&self) {
        self.books.is_dead.store(false, Ordering::SeqCst);
        self.books.revived.notify_waiters();
    }

    /// When it was told of each of these messages, as soon as it was told of all.
    pub(crate) async fn told_of(&self, numbers: &[usize], patience: Duration) -> Result<Calls> {
        let deadline = Instant::now() + patience;
        loop {
            let missing = {
                let calls = self.books.calls.lock().unwrap_or_else(PoisonError::into_inner);
                let missing = numbers.iter().filter(|number| !calls.contains_key(number)).count();
                if missing == 0 {
                    return Ok(calls.clone());
                }
                missing
            };
            if Instant::now() > deadline {
                bail!("the bot was never told of {missing} messages");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn take(books: Arc<Books>, body: Bytes) -> StatusCode {
    let at = Instant::now();
    if books.is_dead.load(Ordering::SeqCst) {
        books.revived.notified().await;
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if let Some(number) = number(&body) {
        // What is told twice was told the first time.
        books.calls.lock().unwrap_or_else(PoisonError::into_inner).entry(number).or_insert(at);
    }
    StatusCode::OK
}

/// The number of a customer's message: its last word.
fn number(body: &[u8]) -> Option<usize> {
    let told: Value = serde_json::from_slice(body).ok()?;
    if told.get("event")? != "message_created" || told.get("message_type")? != "incoming" {
        return None;
    }
    told.get("content")?.as_str()?.rsplit(' ').next()?.strip_prefix('n')?.parse().ok()
}

/// Answers what connecting a bot asks for.
pub(crate) struct Telegram {
    pub port: u16,
    task: tokio::task::JoinHandle<()>,
}

impl Telegram {
    pub(crate) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let router = Router::new().route("/{bot}/{method}", any(answer));
        Ok(Self { port, task: serve(listener, router) })
    }
}

impl Drop for Telegram {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(Path((bot, method)): Path<(String, String)>) -> impl IntoResponse {
    let id = bot.trim_start_matches("bot").split(':').next().and_then(|id| id.parse::<i64>().ok());
    let result = match method.as_str() {
        "getMe" => {
            json!({"id": id, "is_bot": true, "first_name": "Bench", "username": "bench_bot"})
        }
        "getUserProfilePhotos" => json!({"total_count": 0, "photos": []}),
        "getWebhookInfo" => {
            json!({"url": "", "has_custom_certificate": false, "pending_update_count": 0})
        }
        _ => json!(true),
    };
    axum::Json(json!({"ok": true, "result": result}))
}

#[expect(clippy::disallowed_methods, reason = "the handle is kept, and aborted with its owner")]
fn serve(listener: TcpListener, router: Router) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        // It ends with the bench.
        drop(axum::serve(listener, router).await);
    })
}
