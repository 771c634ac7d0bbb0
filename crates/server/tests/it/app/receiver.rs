//! Somebody's server, which keeps what it gets.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tertulia_engine::Settings;
use tertulia_engine::webhooks::WebhookFollower;
use tokio::task::JoinSet;

use super::TestApp;

/// Takes every POST to `/hook` and answers as it is told.
pub struct Receiver {
    pub host: String,
    status: Arc<AtomicU16>,
    arrivals: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    _tasks: JoinSet<()>,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let status = Arc::new(AtomicU16::new(200));
        let arrivals: Arc<Mutex<Vec<_>>> = Arc::default();
        let (answer, kept) = (Arc::clone(&status), Arc::clone(&arrivals));
        let take = async move |headers: HeaderMap, body: Bytes| {
            kept.lock().unwrap().push((headers, body));
            StatusCode::from_u16(answer.load(Ordering::SeqCst)).unwrap()
        };
        let app = Router::new().route("/hook", post(take));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { host, status, arrivals, _tasks: tasks }
    }

    /// Settings that may call it.
    pub fn trusted(&self, mut settings: Settings) -> Settings {
        settings.egress.exceptions.push(self.host.parse().unwrap());
        settings
    }

    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    pub fn count(&self) -> usize {
        self.arrivals.lock().unwrap().len()
    }

    pub fn arrival(&self, index: usize) -> (HeaderMap, Bytes) {
        self.arrivals.lock().unwrap()[index].clone()
    }

    pub fn body(&self, index: usize) -> Value {
        serde_json::from_slice(&self.arrival(index).1).unwrap()
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.host)
    }

    /// Works until it was called so often.
    pub async fn called(&self, app: &TestApp, calls: usize) {
        let follower =
            || WebhookFollower::new(Arc::clone(&app.engine.clock), app.engine.contracts.clone());
        app.work_until(follower, async || self.count() >= calls).await;
        assert_eq!(self.count(), calls);
    }
}
