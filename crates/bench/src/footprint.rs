//! What it weighs: the binary, the idle server, one idle visitor's socket.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::Message;

use crate::process::Server;
use crate::report::{Bar, Figure};
use crate::tenant::Tenant;
use crate::tertulia_dir;

/// Idle visitors.
const SOCKETS: usize = 10_000;
/// Sockets opened at the same time.
const OPENING: usize = 64;

pub(crate) async fn run(binary: &Path) -> Result<Vec<Figure>> {
    let dir = tertulia_dir()?;
    let (server, _) = Server::tertulia(binary, dir.path())?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = server.resident_bytes()?;
    let mut tenant = Tenant::create(server.port, dir.path()).await?;
    tenant.visit(server.port, SOCKETS).await?;
    let before = server.resident_bytes()?;
    let mut sockets = Vec::with_capacity(SOCKETS);
    for group in tenant.visitors().chunks(OPENING) {
        let opened = group.iter().map(|token| open(server.port, token));
        sockets.extend(futures_util::future::try_join_all(opened).await?);
    }
    let after = server.resident_bytes()?;
    let each = after.saturating_sub(before) as f64 / sockets.len() as f64;
    let size = std::fs::metadata(binary)?.len();
    Ok(vec![
        Figure::new(
            "idle visitor socket, resident (10,000 open)",
            "kB",
            None,
            each / 1_000.0,
            Bar::AtMost(15.0),
        ),
        Figure::new("idle server, resident", "MB", None, idle as f64 / 1e6, Bar::AtMost(40.0)),
        Figure::new("binary", "MB", None, size as f64 / 1e6, Bar::AtMost(45.0)),
    ])
}

type Socket =
    tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

async fn open(port: u16, token: &str) -> Result<Socket> {
    let url = format!("ws://127.0.0.1:{port}/widget/v1/stream");
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    let subscribe = serde_json::json!({"type": "subscribe", "token": token, "cursor": null});
    socket.send(Message::text(subscribe.to_string())).await?;
    let answer = socket.next().await.context("the socket closed")??;
    anyhow::ensure!(answer.to_text()?.contains("\"ready\""), "the stream answered {answer}");
    Ok(socket)
}
