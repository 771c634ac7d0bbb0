//! A target of webhooks that keeps what comes and answers what the test says.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::task::JoinSet;

#[derive(Default)]
pub struct Kept {
    /// Each update with the secret that came with it, also those that were refused.
    pub updates: Mutex<Vec<(Value, Option<String>)>>,
    /// Statuses to answer next; 200 when there are none.
    pub statuses: Mutex<Vec<u16>>,
    /// What each answer says.
    pub body: Mutex<String>,
}

pub struct Target {
    pub url: String,
    pub kept: Arc<Kept>,
    _tasks: JoinSet<()>,
}

impl Target {
    pub async fn start() -> Self {
        let kept = Arc::new(Kept::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().route("/hook", post(receive)).with_state(Arc::clone(&kept));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, kept, _tasks: tasks }
    }

    pub fn update_ids(&self) -> Vec<i64> {
        let updates = self.kept.updates.lock().unwrap();
        updates.iter().map(|(update, _)| update["update_id"].as_i64().unwrap()).collect()
    }
}

async fn receive(
    State(kept): State<Arc<Kept>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let secret = headers.get("x-telegram-bot-api-secret-token");
    let secret = secret.map(|secret| secret.to_str().unwrap().to_owned());
    kept.updates.lock().unwrap().push((serde_json::from_slice(&body).unwrap(), secret));
    let mut statuses = kept.statuses.lock().unwrap();
    let status = if statuses.is_empty() { 200 } else { statuses.remove(0) };
    (StatusCode::from_u16(status).unwrap(), kept.body.lock().unwrap().clone())
}
