//! The other side of a bring-your-own channel: it keeps its own books of what it was sent.
//!
//! A small HTTP server on loopback. For each delivery the dice choose its fate; the books say what it
//! took, under which `webhook-id`, in which order.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::dice::Dice;

/// Largest delivery that is read, in bytes.
const BODY_BYTES_MAX: usize = 1 << 20;

/// What becomes of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Accept,
    /// Taken, but the connection breaks before the answer.
    AcceptSilently,
    Fail,
    Throttle,
    Reject,
}

/// What the provider knows of one `webhook-id`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entry {
    /// The message's text when it was first taken.
    pub text: String,
    /// Place among all that was taken.
    pub place: usize,
    pub taken: usize,
    pub rejected: usize,
}

struct Books {
    dice: Dice,
    calm: bool,
    entries: BTreeMap<String, Entry>,
    taken: usize,
}

/// A running provider.
pub(crate) struct Provider {
    books: Arc<Mutex<Books>>,
    pub port: u16,
    server: JoinHandle<()>,
}

impl Provider {
    pub(crate) async fn start(seed: u64) -> Result<Self> {
        let dice = Dice::new(seed);
        let books = Books { dice, calm: false, entries: BTreeMap::new(), taken: 0 };
        let books = Arc::new(Mutex::new(books));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let shared = Arc::clone(&books);
        #[expect(
            clippy::disallowed_methods,
            reason = "the handle is kept and aborted by the owner"
        )]
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A broken delivery is the sender's problem: it will come again.
                drop(serve(stream, &shared).await);
            }
        });
        Ok(Self { books, port, server })
    }

    /// From now on everything is accepted.
    pub(crate) fn calm_down(&self) {
        lock(&self.books).calm = true;
    }

    /// Spoils the books, to see whether the checks notice.
    #[cfg(test)]
    pub(crate) fn tamper(&self, spoil: impl FnMut(&mut Entry)) {
        lock(&self.books).entries.values_mut().filter(|entry| entry.taken > 0).for_each(spoil);
    }

    /// The books, by `webhook-id`.
    pub(crate) fn entries(&self) -> BTreeMap<String, Entry> {
        lock(&self.books).entries.clone()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock(books: &Mutex<Books>) -> MutexGuard<'_, Books> {
    books.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(stream: TcpStream, books: &Mutex<Books>) -> Result<()> {
    let mut stream = BufReader::new(stream);
    let (id, length) = read_headers(&mut stream).await?;
    let mut body = vec![0; length.min(BODY_BYTES_MAX)];
    stream.read_exact(&mut body).await?;
    let text = serde_json::from_slice::<Value>(&body)?;
    let text = text.pointer("/text").and_then(Value::as_str).unwrap_or_default();
    let fate = lock(books).decide(&id, text);
    let answer = match fate {
        Fate::AcceptSilently => return Ok(()),
        Fate::Accept => "200 OK\r\n",
        Fate::Fail => "500 Internal Server Error\r\n",
        Fate::Throttle => "429 Too Many Requests\r\nretry-after: 7\r\n",
        Fate::Reject => "400 Bad Request\r\n",
    };
    let answer = format!("HTTP/1.1 {answer}content-length: 2\r\nconnection: close\r\n\r\n{{}}");
    stream.get_mut().write_all(answer.as_bytes()).await?;
    Ok(stream.get_mut().shutdown().await?)
}

/// The `webhook-id` and the length of the body.
async fn read_headers(stream: &mut BufReader<TcpStream>) -> Result<(String, usize)> {
    let (mut id, mut length, mut line) = (None, 0, String::new());
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            if line.trim().is_empty() {
                return Ok((id.context("a delivery without webhook-id")?, length));
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "webhook-id" => id = Some(value.trim().to_owned()),
            "content-length" => length = value.trim().parse()?,
            _ => {}
        }
    }
}

impl Books {
    fn decide(&mut self, id: &str, text: &str) -> Fate {
        let fate = match self.dice.below(100) {
            _ if self.calm => Fate::Accept,
            0..60 => Fate::Accept,
            60..72 => Fate::AcceptSilently,
            72..85 => Fate::Fail,
            85..95 => Fate::Throttle,
            _ => Fate::Reject,
        };
        let entry = self.entries.entry(id.to_owned()).or_default();
        match fate {
            Fate::Accept | Fate::AcceptSilently => {
                if entry.taken == 0 {
                    self.taken += 1;
                    entry.place = self.taken;
                    entry.text = text.to_owned();
                }
                entry.taken += 1;
            }
            Fate::Reject => entry.rejected += 1,
            Fate::Fail | Fate::Throttle => {}
        }
        fate
    }
}
