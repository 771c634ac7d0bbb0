//! `/cable`: ActionCable for agents' clients and for customers of API inboxes.
//!
//! A room is one socket of the same hub that `/v1/stream` has: what may be seen, how a revocation cuts,
//! and how much may wait are decided there. Here its frames are said in Chatwoot's words.

mod events;
mod frames;
mod heard;
mod identifier;
mod protocol;
mod room;
mod roster;
mod socket;
mod texts;

use axum::Extension;
use axum::Router;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::Refusal;
use crate::app::App;
use crate::stream::bounded;
pub(super) use events::{line, typing_name};

use socket::Connection;
use texts::Texts;

/// What the client library asks for, and the only one that it understands.
const SUBPROTOCOL: &str = "actioncable-v1-json";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/cable", get(open)).layer(Extension(Texts::new()))
}

/// Nobody proves anything yet: who listens is in the identifier of each subscription.
async fn open(
    State(app): State<App>,
    Extension(texts): Extension<Texts>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let upgrade = upgrade.map_err(|_| {
        let sentence = "This address is a WebSocket; ask for an upgrade";
        Refusal::error(StatusCode::UPGRADE_REQUIRED, sentence)
    })?;
    let upgrade = bounded(upgrade).protocols([SUBPROTOCOL]);
    Ok(upgrade.on_upgrade(move |socket| async move {
        Box::pin(Connection::new(app, texts, socket).serve()).await;
    }))
}
