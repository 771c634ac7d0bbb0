//! A request with its limits.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION};
use url::Url;

use crate::egress::Refusal;
use crate::error::Error;
use crate::response::Response;

/// Time for the whole exchange unless the request says otherwise.
const TIMEOUT_SECS: u64 = 15;
/// Bytes of an answer that are read unless the request says otherwise.
const BODY_BYTES_MAX: usize = 1_000_000;

/// What to do with an answer that is longer than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// It is an error: half of a document is of no use.
    Refuse,
    /// Keep the beginning: it is for people to look at.
    Cut,
}

/// A request to send. `Debug` shows neither headers nor body: they hold secrets.
#[derive(Clone)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) timeout: Duration,
    pub(crate) body_bytes_max: usize,
    pub(crate) excess: Excess,
}

impl Request {
    /// A request with the default limits; the URL is judged when it is sent.
    pub fn new(method: Method, url: &str) -> Result<Self, Error> {
        let url = Url::parse(url).map_err(|e| Refusal::Malformed(e.to_string()))?;
        Ok(Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: Duration::from_secs(TIMEOUT_SECS),
            body_bytes_max: BODY_BYTES_MAX,
            excess: Excess::Refuse,
        })
    }

    /// A `GET`.
    pub fn get(url: &str) -> Result<Self, Error> {
        Self::new(Method::GET, url)
    }

    /// A `POST` of these bytes.
    pub fn post(url: &str, body: impl Into<Bytes>) -> Result<Self, Error> {
        Ok(Self::new(Method::POST, url)?.body(body))
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Where it goes.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What it carries.
    #[must_use]
    pub fn sent_body(&self) -> &Bytes {
        &self.body
    }

    /// Sets a header, in place of an earlier one of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let name = HeaderName::try_from(name).map_err(|_| Error::Header(name.to_owned()))?;
        let value = HeaderValue::try_from(value).map_err(|_| Error::Header(name.to_string()))?;
        self.headers.insert(name, value);
        Ok(self)
    }

    /// Sets all headers at once.
    #[must_use]
    pub fn headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// The request that a redirect asks for, if the answer is one: a `GET` with the same limits, and
    /// without headers and body, so that nothing secret goes elsewhere. It is judged like any other.
    pub fn redirected(&self, answer: &Response) -> Option<Result<Self, Error>> {
        if !matches!(answer.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let to = answer.headers.get(LOCATION)?.to_str().ok()?;
        let url = self.url.join(to).map_err(|e| Refusal::Malformed(e.to_string()).into());
        Some(url.map(|url| Self {
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            ..*self
        }))
    }

    /// Time for the whole exchange, from resolving the name to the last byte.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How much of the answer is read, and what happens to more.
    #[must_use]
    pub fn at_most(mut self, body_bytes_max: usize, excess: Excess) -> Self {
        self.body_bytes_max = body_bytes_max;
        self.excess = excess;
        self
    }
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.url.host_str().unwrap_or_default())
    }
}
