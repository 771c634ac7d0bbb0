//! The request of one attempt, and what its answer says.

use std::time::Duration;

use tertulia_domain::Timestamp;
use tertulia_domain::app::Attempted;
use tertulia_net::{Error, Excess, HttpClient, Request, Response, Verdict};
use tertulia_store::deliveries::Attempt;

/// Bytes of an answer that are kept for the log.
const RESPONSE_BYTES_MAX: usize = 4_096;
/// An endpoint that asks for more patience than this is asked earlier.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// The endpoint says that it is gone for good.
const GONE: u16 = 410;
/// Somebody on the way says that the endpoint is not there now.
const GATEWAY: [u16; 2] = [502, 504];

/// How the words begin of an attempt that got no answer in its time, as the client of HTTP calls it.
const SILENT: &str = "timeout: ";

/// What an attempt led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Delivered,
    /// Not before `after`, if the endpoint named a time.
    Failed {
        how: Attempted,
        after: Option<Duration>,
    },
    /// It wants no more.
    Gone,
}

/// One attempt: where, what, and how long it may take.
pub(super) struct Post<'a> {
    pub(super) url: &'a str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) within: Duration,
}

/// Posts an event and says what came back.
pub(super) async fn post(http: &HttpClient, post: Post<'_>, now: Timestamp) -> (Outcome, Attempt) {
    let request = match request(post) {
        Ok(request) => request,
        Err(error) => return failed(&error),
    };
    match http.send(request).await {
        Ok(response) => answered(&response, now),
        Err(error) => failed(&error),
    }
}

fn request(post: Post<'_>) -> Result<Request, Error> {
    let mut request =
        Request::post(post.url, post.body)?.header("content-type", "application/json")?;
    for (name, value) in &post.headers {
        request = request.header(name, value)?;
    }
    Ok(request.timeout(post.within).at_most(RESPONSE_BYTES_MAX, Excess::Cut))
}

fn answered(response: &Response, now: Timestamp) -> (Outcome, Attempt) {
    let status = response.status.as_u16();
    let refused = Outcome::Failed { how: Attempted::Refused, after: None };
    let away = |after| Outcome::Failed { how: Attempted::Unreachable, after };
    let outcome = match response.verdict() {
        Verdict::Accepted => Outcome::Delivered,
        Verdict::Rejected if status == GONE => Outcome::Gone,
        Verdict::Unknown if GATEWAY.contains(&status) => away(None),
        Verdict::Rejected | Verdict::Unknown => refused,
        Verdict::Later(after) => {
            away(after.map(|after| after.delay(now.secs()).min(RETRY_AFTER_MAX)))
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
    let how = match error {
        // It has the request and may be at work; all others did not get it, or died over it.
        Error::Timeout(_) => Attempted::Silent,
        Error::Blocked(_) | Error::Header(_) => Attempted::Refused,
        _ => Attempted::Unreachable,
    };
    let words = Some(format!("{}: {error}", error.code()));
    (Outcome::Failed { how, after: None }, Attempt { error: words, ..Attempt::default() })
}

/// Whether an attempt with these words reached an endpoint that then said nothing.
pub(super) fn was_silent(error: Option<&str>) -> bool {
    error.is_some_and(|words| words.starts_with(SILENT))
}

/// Text that every database takes: no broken characters, no NUL.
fn readable(body: &[u8]) -> String {
    String::from_utf8_lossy(body).replace('\0', "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_time_that_ran_out_is_silence() {
        let words = |error: &Error| failed(error).1.error;
        assert!(was_silent(words(&Error::Timeout(Duration::from_secs(1))).as_deref()));
        for error in [Error::Refused, Error::Dns, Error::ConnectTimeout] {
            assert!(!was_silent(words(&error).as_deref()), "{error}");
        }
        assert!(!was_silent(None));
    }
}
