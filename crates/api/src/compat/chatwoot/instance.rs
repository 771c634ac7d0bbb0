//! `GET /api` and `GET /health`: what a client asks before it signs in.

use axum::extract::State;
use serde_json::json;

use super::{Reply, Routes, VERSION};
use crate::app::App;

pub(super) fn routes() -> Routes {
    Routes::new().get("/api", show).get("/health", health)
}

/// The version decides what the mobile application offers, so it is that of the contract.
async fn show(State(app): State<App>) -> Reply {
    let services = if app.engine.store.ping().await.is_ok() { "ok" } else { "failing" };
    let now = app.engine.clock.now();
    let timestamp: String = now.to_string().replace('T', " ").chars().take(19).collect();
    Reply(json!({
        "version": VERSION,
        "timestamp": timestamp,
        "queue_services": services,
        "data_services": services,
    }))
}

async fn health() -> Reply {
    Reply(json!({"status": "woot"}))
}
