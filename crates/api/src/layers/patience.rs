//! A body must keep coming: one that dribbles is refused, and its connection ends.
//!
//! A connection also ends when it was answered before its body was read, and says so: a client that
//! sends head and body apart would otherwise write its next request into a closed connection.

use std::num::NonZeroU64;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::app::{App, Limits};
use crate::problem::Problem;

pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (limits, gave_up) = (app.settings.limits, Arc::new(Notify::new()));
    let was_read = Arc::new(AtomicBool::new(false));
    let mark = Arc::clone(&was_read);
    let request = request.map(|body| patient(body, limits, Arc::clone(&gave_up), mark));
    tokio::select! {
        response = next.run(request) => {
            if was_read.load(Ordering::Relaxed) { response } else { closing(response) }
        }
        // The handler waits for its body, so it has not begun to change anything.
        () = gave_up.notified() => refusal(limits),
    }
}

/// The same body; when it is too slow it says so, and nothing more comes of it.
fn patient(body: Body, limits: Limits, gave_up: Arc<Notify>, was_read: Arc<AtomicBool>) -> Body {
    let began = Instant::now();
    let chunks = stream::unfold((body.into_data_stream(), 0_u64), move |(mut chunks, came)| {
        let (gave_up, was_read) = (Arc::clone(&gave_up), Arc::clone(&was_read));
        async move {
            let Ok(chunk) = timeout_at(began + allowed(limits, came), chunks.next()).await else {
                gave_up.notify_one();
                return std::future::pending().await;
            };
            if chunk.is_none() || chunks.is_end_stream() {
                was_read.store(true, Ordering::Relaxed);
            }
            let chunk = chunk?;
            let bytes = chunk.as_ref().map_or(0, bytes::Bytes::len);
            Some((chunk, (chunks, came.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX)))))
        }
    });
    Body::from_stream(chunks)
}

/// How long a body of which so many bytes came may go on.
fn allowed(limits: Limits, came: u64) -> Duration {
    let rate = NonZeroU64::new(limits.body_bytes_per_sec_min).unwrap_or(NonZeroU64::MIN);
    limits.body_within.saturating_add(Duration::from_secs(came / rate))
}

fn refusal(limits: Limits) -> Response {
    let secs = limits.body_within.as_secs();
    let detail = format!(
        "The body took longer than {secs} seconds, and did not bring {} bytes for each one more.",
        limits.body_bytes_per_sec_min
    );
    let problem = Problem::new(StatusCode::REQUEST_TIMEOUT, "body_too_slow", detail);
    closing(problem.into_response())
}

fn closing(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
