//! Every refusal as RFC 9457 `application/problem+json`; the one place that knows HTTP statuses.
//!
//! What went wrong inside goes to the log under the request's id, never to the client.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use tertulia_engine as engine;
use tertulia_store as store;

/// Seconds after which a client may try again when the database is not there.
const UNAVAILABLE_RETRY_SECS: u64 = 2;

/// A refusal. Build it with [`Problem::new`] and the setters.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    members: Map<String, Value>,
    retry_after: Option<Duration>,
    /// For the log only.
    private: Option<String>,
}

impl Problem {
    /// A refusal with a stable code and a sentence for people.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let (members, detail) = (Map::new(), detail.into());
        Self { status, code, detail, members, retry_after: None, private: None }
    }

    /// It does not exist, or not for this principal.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("There is no such {what}."))
    }

    /// A request that cannot be read at all.
    pub(crate) fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// A request that can be read but is wrong at one place.
    pub(crate) fn invalid(code: &'static str, pointer: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail).at(pointer)
    }

    /// Credentials are missing, wrong or spent.
    pub(crate) fn unauthenticated(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// A mistake of ours; the detail is for the log.
    pub(crate) fn internal(private: impl Into<String>) -> Self {
        let mut problem = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side; the log has it under this request id.",
        );
        problem.private = Some(private.into());
        problem
    }

    fn unavailable(private: impl Into<String>) -> Self {
        let mut problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "The server cannot take this now; nothing was changed. Try again.",
        );
        problem.private = Some(private.into());
        problem.retry_after = Some(Duration::from_secs(UNAVAILABLE_RETRY_SECS));
        problem
    }

    /// Names the place: a JSON pointer into the body, or `?name` for a query parameter.
    #[must_use]
    pub(crate) fn at(self, pointer: &str) -> Self {
        self.with("pointer", pointer)
    }

    /// Says what to do about it.
    #[must_use]
    pub(crate) fn hint(self, hint: &str) -> Self {
        self.with("hint", hint)
    }

    /// Adds a member of the body.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Says when to try again.
    #[must_use]
    pub(crate) fn retry_after(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether it says that the caller is not who it should be.
    pub(crate) fn is_about_the_caller(&self) -> bool {
        self.status == StatusCode::UNAUTHORIZED
    }

    /// When a client may try again, in whole seconds.
    pub(crate) fn retry_after_secs(&self) -> Option<u64> {
        // Rounded up: a client that comes back too early is refused again.
        let rounded = |after: Duration| after.as_secs() + u64::from(after.subsec_nanos() > 0);
        self.retry_after.map(|after| rounded(after).max(1))
    }

    /// The status and the members of the body; what is private goes to the log.
    pub(crate) fn tell(self, request_id: &str) -> (StatusCode, Map<String, Value>) {
        if let Some(private) = &self.private {
            let (code, status) = (self.code, self.status.as_u16());
            tracing::error!(request.id = request_id, code, status, "{private}");
        }
        let title = self.status.canonical_reason().unwrap_or("Error");
        let mut body = Map::new();
        let mut say = |name: &str, value: Value| drop(body.insert(name.to_owned(), value));
        say("type", "about:blank".into());
        say("title", title.into());
        say("status", self.status.as_u16().into());
        say("code", self.code.into());
        say("detail", self.detail.into());
        body.extend(self.members);
        body.insert("request_id".to_owned(), request_id.into());
        (self.status, body)
    }

    /// Writes the answer.
    pub(crate) fn render(self, request_id: &str) -> Response {
        let retry_after_secs = self.retry_after_secs();
        let (status, body) = self.tell(request_id);
        let media_type = HeaderValue::from_static("application/problem+json");
        let body = Value::Object(body).to_string();
        let mut response = (status, [(header::CONTENT_TYPE, media_type)], body).into_response();
        if let Some(secs) = retry_after_secs {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
        }
        response
    }
}

impl IntoResponse for Problem {
    /// The body is written by `layers::answers`, which knows the request's id.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<engine::Error> for Problem {
    fn from(error: engine::Error) -> Self {
        use engine::Error as E;
        let text = error.to_string();
        match error {
            E::NotFound(what) => Self::not_found(what),
            E::Forbidden { permission } => {
                let detail = format!("This needs the permission {permission}.");
                Self::new(StatusCode::FORBIDDEN, "forbidden", detail).with("permission", permission)
            }
            E::ScopeMissing { scope } => {
                let detail = format!("The token needs the scope {scope}.");
                Self::new(StatusCode::FORBIDDEN, "scope_missing", detail).with("scope", scope)
            }
            E::Conflict { code, detail } => Self::new(status_of_conflict(code), code, detail),
            E::SeqBehind { last_seq } => {
                Self::new(StatusCode::CONFLICT, "seq_behind", text).with("last_seq", last_seq)
            }
            E::NotInControl { holder, epoch } => {
                Self::new(StatusCode::CONFLICT, "not_in_control", text)
                    .with("holder", holder)
                    .with("epoch", epoch)
            }
            E::Invalid { code, pointer, detail } => {
                Self::new(status_of_invalid(code), code, detail).at(&pointer)
            }
            E::Unauthenticated { code, detail } => Self::unauthenticated(code, detail),
            E::Limit { retry_after } => {
                let detail = "Too many requests; try again after the time in Retry-After.";
                Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail)
                    .retry_after(retry_after)
            }
            E::IdempotencyMismatch => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_mismatch", text)
            }
            E::Upstream { .. } => Self::new(StatusCode::BAD_GATEWAY, "upstream", text),
            E::Storage(error) => error.into(),
            E::Internal(private) => Self::internal(private),
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        let text = error.to_string();
        match error {
            store::Error::Unavailable { .. } | store::Error::Contention => Self::unavailable(text),
            store::Error::Duplicate { .. }
            | store::Error::Unfit { .. }
            | store::Error::Damaged { .. }
            | store::Error::Refused { .. } => Self::internal(text),
        }
    }
}

fn status_of_conflict(code: &str) -> StatusCode {
    match code {
        "contact_blocked" | "origin_not_allowed" => StatusCode::FORBIDDEN,
        _ => StatusCode::CONFLICT,
    }
}

fn status_of_invalid(code: &str) -> StatusCode {
    match code {
        "invalid_text" | "cursor_invalid" => StatusCode::BAD_REQUEST,
        "body_too_large" => StatusCode::PAYLOAD_TOO_LARGE,
        "unsupported_media_type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
