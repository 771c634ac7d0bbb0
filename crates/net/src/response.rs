//! An answer, and what it says about the request.

use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// A complete answer, or its beginning when the request asked for [`crate::Excess::Cut`].
#[derive(Debug, Clone)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// False when the body was cut off at the limit.
    pub complete: bool,
    pub duration: Duration,
}

/// What an answer says about the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 2xx.
    Accepted,
    /// Refused for good, or sent elsewhere by a redirect, which is not followed.
    Rejected,
    /// Surely not done, and worth another try.
    Later(Option<RetryAfter>),
    /// The server failed: nobody knows how far it came.
    Unknown,
}

/// When the other side wants to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    Delay(Duration),
    /// Seconds since the Unix epoch.
    At(i64),
}

impl Response {
    /// What the status says.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.status.as_u16() {
            200..=299 => Verdict::Accepted,
            408 | 425 | 429 | 503 => Verdict::Later(self.retry_after()),
            500..=599 => Verdict::Unknown,
            _ => Verdict::Rejected,
        }
    }

    /// The `Retry-After` header, in either of its forms (RFC 9110 §10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<RetryAfter> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(secs) = text.parse() {
            return Some(RetryAfter::Delay(Duration::from_secs(secs)));
        }
        let at = jiff::fmt::rfc2822::parse(text).ok()?;
        Some(RetryAfter::At(at.timestamp().as_second()))
    }
}

impl RetryAfter {
    /// How long to wait, seen from a moment in seconds since the Unix epoch.
    #[must_use]
    pub fn delay(self, now_secs: i64) -> Duration {
        match self {
            RetryAfter::Delay(delay) => delay,
            RetryAfter::At(at) => {
                Duration::from_secs(u64::try_from(at.saturating_sub(now_secs)).unwrap_or(0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, retry_after: Option<&str>) -> Response {
        let mut headers = HeaderMap::new();
        if let Some(value) = retry_after {
            headers.insert(RETRY_AFTER, value.parse().unwrap());
        }
        Response {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: Bytes::new(),
            complete: true,
            duration: Duration::ZERO,
        }
    }

    #[test]
    fn the_status_decides_what_is_known() {
        let check = |status, expected| assert_eq!(response(status, None).verdict(), expected);
        for status in [200, 201, 204, 299] {
            check(status, Verdict::Accepted);
        }
        for status in [301, 302, 307, 308, 400, 401, 403, 404, 410, 422] {
            check(status, Verdict::Rejected);
        }
        for status in [408, 425, 429, 503] {
            check(status, Verdict::Later(None));
        }
        for status in [500, 502, 504, 599] {
            check(status, Verdict::Unknown);
        }
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let delay = |text, now| response(429, Some(text)).retry_after().map(|r| r.delay(now));
        assert_eq!(delay("120", 0), Some(Duration::from_secs(120)));
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(delay(date, 784_111_767), Some(Duration::from_secs(10)));
        assert_eq!(delay(date, 784_111_999), Some(Duration::ZERO));
        assert_eq!(delay("soon", 0), None);
        assert_eq!(delay("-5", 0), None);
    }
}
