//! The floor: the barest server that keeps the same promise. axum, one table, one SQLite writer with
//! group commit and `synchronous=FULL`, and every message pushed to every open socket.
//!
//! What Tertulia costs above this is what its features cost.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use axum::extract::{State, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, mpsc, oneshot};

/// Most rows in one commit; the same as Tertulia's.
const GROUP_MAX: usize = 64;
/// Most rows that wait for the writer.
const QUEUE_MAX: usize = 8_192;
/// Most pushes that wait for a socket.
const PUSHES_MAX: usize = 65_536;

#[derive(Deserialize)]
struct Incoming {
    visitor: i64,
    client_id: String,
    text: String,
}

#[derive(Serialize)]
struct Stored<'a> {
    id: i64,
    visitor: i64,
    client_id: &'a str,
    text: &'a str,
}

struct Row {
    message: Incoming,
    reply: oneshot::Sender<i64>,
}

#[derive(Clone)]
struct Floor {
    writer: mpsc::Sender<Row>,
    pushes: broadcast::Sender<Utf8Bytes>,
}

/// Serves until the process is killed; prints the port on standard output.
pub(crate) async fn serve(dir: &Path) -> Result<()> {
    let connection = open(dir)?;
    let (writer, rows) = mpsc::channel(QUEUE_MAX);
    let (pushes, _) = broadcast::channel(PUSHES_MAX);
    let sender = pushes.clone();
    std::thread::spawn(move || write_loop(&connection, rows, &sender));
    let app = Router::new()
        .route("/messages", post(accept))
        .route("/echo", post(echo))
        .route("/stream", get(stream))
        .with_state(Arc::new(Floor { writer, pushes }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    #[expect(clippy::print_stdout, reason = "the parent process reads the port from here")]
    {
        println!("port {}", listener.local_addr()?.port());
    }
    axum::serve(listener, app).await.context("the floor stopped")
}

fn open(dir: &Path) -> Result<Connection> {
    let connection = Connection::open(dir.join("floor.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = wal; PRAGMA synchronous = FULL;
         CREATE TABLE messages (id INTEGER PRIMARY KEY, visitor INTEGER NOT NULL,
             client_id TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (visitor, client_id));",
    )?;
    Ok(connection)
}

fn write_loop(
    connection: &Connection,
    mut rows: mpsc::Receiver<Row>,
    pushes: &broadcast::Sender<Utf8Bytes>,
) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while let Some(first) = rows.blocking_recv() {
        group.push(first);
        while group.len() < GROUP_MAX {
            let Ok(row) = rows.try_recv() else { break };
            group.push(row);
        }
        let Ok(ids) = commit(connection, &group) else { return };
        for (row, id) in group.drain(..).zip(ids) {
            let Incoming { visitor, client_id, text } = &row.message;
            let stored = Stored { id, visitor: *visitor, client_id, text };
            if let Ok(text) = serde_json::to_string(&stored) {
                // No socket is open: nobody to push to.
                drop(pushes.send(text.into()));
            }
            let _ = row.reply.send(id);
        }
    }
}

fn commit(connection: &Connection, group: &[Row]) -> rusqlite::Result<Vec<i64>> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let mut insert = connection
        .prepare_cached("INSERT INTO messages (visitor, client_id, text) VALUES (?1, ?2, ?3)")?;
    let ids = group
        .iter()
        .map(|row| insert.insert((row.message.visitor, &row.message.client_id, &row.message.text)))
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    connection.execute_batch("COMMIT")?;
    Ok(ids)
}

async fn accept(
    State(floor): State<Arc<Floor>>,
    axum::Json(message): axum::Json<Incoming>,
) -> Result<(StatusCode, String), StatusCode> {
    let (reply, id) = oneshot::channel();
    let row = Row { message, reply };
    floor.writer.send(row).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let id = id.await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok((StatusCode::CREATED, format!("{{\"id\":{id}}}")))
}

async fn echo(axum::Json(body): axum::Json<serde_json::Value>) -> axum::Json<serde_json::Value> {
    axum::Json(body)
}

async fn stream(State(floor): State<Arc<Floor>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| push(socket, floor.pushes.subscribe()))
}

async fn push(mut socket: WebSocket, mut pushes: broadcast::Receiver<Utf8Bytes>) {
    while let Ok(text) = pushes.recv().await {
        if socket.send(Message::Text(text)).await.is_err() {
            return;
        }
    }
}
