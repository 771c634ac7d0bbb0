//! The request of one attempt, and what its answer says.

use std::time::Duration;

use serde::Serialize;
use tertulia_domain::webhook::{Webhook, WebhookDelivery};
use tertulia_domain::{Timestamp, WebhookId};
use tertulia_net::signature::{self, ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER};
use tertulia_net::{Error, Excess, HttpClient, Request, Response, Verdict};
use tertulia_store::deliveries::Attempt;
use tertulia_store::events::Event;

use crate::views::EventView;

/// Time for the whole exchange.
const TIMEOUT_SECS: u64 = 15;
/// Bytes of an answer that are kept for the log.
const RESPONSE_BYTES_MAX: usize = 4_096;
/// An endpoint that asks for more patience than this is asked earlier.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// The endpoint says that it is gone for good.
const GONE: u16 = 410;

/// What a delivery carries: the event, and its moment under the name of the specification.
#[derive(Debug, Serialize)]
struct Payload<'e> {
    #[serde(flatten)]
    event: &'e EventView,
    timestamp: Timestamp,
}

/// What an attempt led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Delivered,
    /// Not before this time, if the endpoint named one.
    Failed(Option<Duration>),
    /// It wants no more.
    Gone,
}

/// Posts an event and says what came back.
pub(super) async fn post(
    http: &HttpClient,
    webhook: &Webhook,
    delivery: &WebhookDelivery,
    event: &Event,
    now: Timestamp,
) -> (Outcome, Attempt) {
    let request = match request(webhook, delivery, event, now) {
        Ok(request) => request,
        Err(error) => return failed(&error),
    };
    match http.send(request).await {
        Ok(response) => answered(&response, now),
        Err(error) => failed(&error),
    }
}

fn request(
    webhook: &Webhook,
    delivery: &WebhookDelivery,
    event: &Event,
    now: Timestamp,
) -> Result<Request, Error> {
    let payload = Payload { event: &EventView::from(event), timestamp: event.at };
    // A view is made of strings, numbers and maps with string keys: it always has a JSON form.
    let body = serde_json::to_vec(&payload).unwrap_or_default();
    let id = message_id(webhook.id, delivery);
    let secrets = webhook.secrets(now);
    let signatures: Vec<String> =
        secrets.iter().map(|secret| signature::sign(secret, &id, now.secs(), &body)).collect();
    Ok(Request::post(&webhook.url, body)?
        .header("content-type", "application/json")?
        .header(ID_HEADER, &id)?
        .header(TIMESTAMP_HEADER, &now.secs().to_string())?
        .header(SIGNATURE_HEADER, &signatures.join(" "))?
        .timeout(Duration::from_secs(TIMEOUT_SECS))
        .at_most(RESPONSE_BYTES_MAX, Excess::Cut))
}

/// The same for every attempt of a delivery, and different for every other.
fn message_id(webhook: WebhookId, delivery: &WebhookDelivery) -> String {
    format!("msg_{webhook}_{}", delivery.event_id)
}

fn answered(response: &Response, now: Timestamp) -> (Outcome, Attempt) {
    let status = response.status.as_u16();
    let outcome = match response.verdict() {
        Verdict::Accepted => Outcome::Delivered,
        Verdict::Rejected if status == GONE => Outcome::Gone,
        Verdict::Rejected | Verdict::Unknown => Outcome::Failed(None),
        Verdict::Later(after) => {
            Outcome::Failed(after.map(|after| after.delay(now.secs()).min(RETRY_AFTER_MAX)))
        }
    };
    let attempt = Attempt {
        response_status: Some(i64::from(status)),
        response_body: Some(readable(&response.body)),
        error: None,
        duration_ms: i64::try_from(response.duration.as_millis()).ok(),
    };
    (outcome, attempt)
}

fn failed(error: &Error) -> (Outcome, Attempt) {
    let error = Some(format!("{}: {error}", error.code()));
    (Outcome::Failed(None), Attempt { error, ..Attempt::default() })
}

/// Text that every database takes: no broken characters, no NUL.
fn readable(body: &[u8]) -> String {
    String::from_utf8_lossy(body).replace('\0', "\u{FFFD}")
}
