//! An agent's socket that notes when each message arrived.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

/// Arrivals so far: the number of the message and when it came, in order of arrival.
type Arrivals = Arc<Mutex<Vec<(usize, Instant)>>>;

/// A socket that reads until it is dropped.
pub(crate) struct Watcher {
    arrivals: Arrivals,
    task: tokio::task::JoinHandle<Result<()>>,
}

impl Watcher {
    /// Opens the socket, sends `subscribe` if there is one, waits for the answer `ready`.
    pub(crate) async fn open(
        port: u16,
        path: &str,
        token: Option<&str>,
        subscribe: Option<&str>,
    ) -> Result<Self> {
        let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request()?;
        if let Some(token) = token {
            request.headers_mut().insert("authorization", format!("Bearer {token}").parse()?);
        }
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
        if let Some(frame) = subscribe {
            socket.send(Message::text(frame)).await?;
            let answer = socket.next().await.context("the socket closed")??;
            if !answer.to_text()?.contains("\"ready\"") {
                bail!("the stream answered {answer}");
            }
        }
        let arrivals = Arrivals::default();
        let seen = Arc::clone(&arrivals);
        #[expect(
            clippy::disallowed_methods,
            reason = "the handle is kept and awaited by the owner"
        )]
        let task = tokio::spawn(async move {
            while let Some(frame) = socket.next().await {
                let at = Instant::now();
                if let Some(number) = frame?.to_text().ok().and_then(number) {
                    seen.lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner)
                        .push((number, at));
                }
            }
            Ok(())
        });
        Ok(Self { arrivals, task })
    }

    /// Waits until `count` messages came, or `patience` passed without a new one; answers what came.
    pub(crate) async fn settle(&self, count: usize, patience: Duration) -> Vec<(usize, Instant)> {
        let mut last = (0, Instant::now());
        loop {
            let seen =
                self.arrivals.lock().unwrap_or_else(std::sync::PoisonError::into_inner).len();
            if seen != last.0 {
                last = (seen, Instant::now());
            }
            if seen >= count || last.1.elapsed() > patience || self.task.is_finished() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        std::mem::take(
            &mut *self.arrivals.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The number of the new message that a frame carries. Updates of a message do not count.
fn number(frame: &str) -> Option<usize> {
    if frame.contains("\"type\":\"event\"") && !frame.contains("\"type\":\"message.created\"") {
        return None;
    }
    let (_, rest) = frame.split_once("\"client_id\":\"b-")?;
    rest.split('"').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_messages_of_the_bench_count() {
        assert_eq!(number(r#"{"id":1,"client_id":"b-17","text":"x"}"#), Some(17));
        let event = r#"{"type":"event","event":{"type":"message.created","data":{"message":{"client_id":"b-5"}}}}"#;
        assert_eq!(number(event), Some(5));
        assert_eq!(number(&event.replace("created", "updated")), None);
        assert_eq!(number(r#"{"type":"ready"}"#), None);
    }
}
