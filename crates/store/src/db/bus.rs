//! What nodes tell each other in passing, by NOTIFY: never stored, never waited for, lost without harm.
//!
//! It has a connection of its own, so that hints never take one from work that matters.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use postgres::Client;
use tokio::sync::broadcast;

use super::postgres::connect;
use super::threads::spawn;
use crate::error::{Error, Result};

/// The channel of the notifications.
pub(crate) const CHANNEL: &str = "tertulia_bus";
/// Longest notification; PostgreSQL carries less than 8,000 bytes.
const PAYLOAD_BYTES_MAX: usize = 7_990;
/// Longest hint, so that the node's name still fits before it.
pub const HINT_BYTES_MAX: usize = 7_900;
/// Hints that wait to be told, and that wait for a slow reader; more are lost.
const QUEUE_HINTS_MAX: usize = 1_024;
/// Time in which hints gather, so that a node sends at most one notification in it.
const GATHER: Duration = Duration::from_millis(20);
/// How long hints are dropped after the connection was lost.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Something that another node said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The node's name: another one after each start.
    pub node: Arc<str>,
    pub text: String,
}

/// This node's end of the bus.
pub(crate) struct Bus {
    say: SyncSender<String>,
    ear: Ear,
}

/// Takes notifications apart and hands on what others said.
#[derive(Clone)]
pub(crate) struct Ear {
    node: Arc<str>,
    heard: broadcast::Sender<Hint>,
}

impl Bus {
    /// Connects and starts the thread that tells; it ends with the store.
    pub(crate) fn open(url: &str) -> Result<Self> {
        let mut client = connect(url)?;
        // The database has the randomness that makes the name unique.
        let row = client.query_one("SELECT gen_random_uuid()::text", &[]);
        let node: String = row.map_err(|e| Error::postgres(&e))?.get(0);
        let node: Arc<str> = node.into();
        let (say, said) = sync_channel(QUEUE_HINTS_MAX);
        let mut teller = Teller { url: url.to_owned(), node: Arc::clone(&node), client };
        spawn("postgres-tell", move || teller.work(&said))?;
        let (heard, _) = broadcast::channel(QUEUE_HINTS_MAX);
        Ok(Self { say, ear: Ear { node, heard } })
    }

    /// Tells the others, or drops the hint when too much waits.
    pub(crate) fn tell(&self, hint: String) {
        if hint.len() > HINT_BYTES_MAX || hint.contains(['\n', '\0']) {
            tracing::warn!(bytes = hint.len(), "a hint that the bus cannot carry");
        } else if self.say.try_send(hint).is_err() {
            tracing::debug!("a hint was lost");
        }
    }

    pub(crate) fn hear(&self) -> broadcast::Receiver<Hint> {
        self.ear.heard.subscribe()
    }

    pub(crate) fn ear(&self) -> Ear {
        self.ear.clone()
    }
}

impl Ear {
    /// Hands on the hints of a notification, unless they are our own.
    pub(crate) fn hear(&self, payload: &str) {
        let mut lines = payload.lines();
        let Some(node) = lines.next().filter(|node| **node != *self.node) else { return };
        let node: Arc<str> = node.into();
        for text in lines {
            // Without anybody who listens there is nobody to miss it.
            drop(self.heard.send(Hint { node: Arc::clone(&node), text: text.to_owned() }));
        }
    }
}

struct Teller {
    url: String,
    node: Arc<str>,
    client: Client,
}

impl Teller {
    fn work(&mut self, said: &Receiver<String>) {
        let mut waiting = None;
        loop {
            let Some(first) = waiting.take().or_else(|| said.recv().ok()) else { return };
            let began = Instant::now();
            let left = || GATHER.saturating_sub(began.elapsed());
            let mut payload = format!("{}\n{first}", self.node);
            while let Ok(hint) = said.recv_timeout(left()) {
                if payload.len() + hint.len() >= PAYLOAD_BYTES_MAX {
                    waiting = Some(hint);
                    pause(left());
                    break;
                }
                payload.push('\n');
                payload.push_str(&hint);
            }
            if let Err(error) = self.send(&payload) {
                tracing::warn!(%error, "other nodes do not hear who types and who is there");
                pause(AFTER_FAILURE);
            }
        }
    }

    fn send(&mut self, payload: &str) -> Result<()> {
        if self.client.is_closed() {
            self.client = connect(&self.url)?;
        }
        let sent = self.client.execute("SELECT pg_notify($1, $2)", &[&CHANNEL, &payload]);
        sent.map(drop).map_err(|e| Error::postgres(&e))
    }
}

fn pause(time: Duration) {
    #[expect(clippy::disallowed_methods, reason = "a thread of its own, whose pace this is")]
    std::thread::sleep(time);
}
