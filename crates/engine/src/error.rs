//! What a use case can answer instead of a result; `api` alone knows which HTTP status that is.

use std::time::Duration;

use tertulia_domain::content::{ContentError, ContentProblem};
use tertulia_store as store;

/// A refusal or failure of a use case.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for this principal.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// It exists and is visible, but this principal may not do that.
    #[error("not allowed: {permission} is missing")]
    Forbidden { permission: &'static str },
    /// The token's maker may do it, but the token was not given that scope.
    #[error("the token lacks the scope {scope}")]
    ScopeMissing { scope: &'static str },
    /// The request contradicts the present state; `code` is stable.
    #[error("{detail}")]
    Conflict { code: &'static str, detail: String },
    /// A newer customer message is there than the writer has seen.
    #[error("the customer has written since: message {last_seq}")]
    SeqBehind { last_seq: i64 },
    /// Somebody else speaks to the customer.
    #[error("{holder} is in control")]
    NotInControl { holder: String, epoch: i64 },
    /// A field is wrong; `pointer` is a JSON pointer into the request.
    #[error("{pointer}: {detail}")]
    Invalid { code: &'static str, pointer: String, detail: String },
    /// Credentials are missing, wrong or spent; `code` is stable.
    #[error("{detail}")]
    Unauthenticated { code: &'static str, detail: String },
    /// Too much; try again later.
    #[error("too many requests; try again in {} s", retry_after.as_secs())]
    Limit { retry_after: Duration },
    /// The same idempotency key was used for another request.
    #[error("this Idempotency-Key was used for another request")]
    IdempotencyMismatch,
    /// Somebody else's server failed us.
    #[error("the other side failed: {detail}")]
    Upstream { detail: String },
    /// The database said no.
    #[error(transparent)]
    Storage(#[from] store::Error),
    /// A mistake of ours; the detail goes to the log, never to a client.
    #[error("internal error: {0}")]
    Internal(String),
}

/// Result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl store::Retryable for Error {
    fn storage(&self) -> Option<&store::Error> {
        match self {
            Error::Storage(error) => Some(error),
            _ => None,
        }
    }
}

impl Error {
    /// A field that is wrong in a way that needs no code of its own.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Error::Invalid { code: "invalid", pointer: pointer.into(), detail: detail.into() }
    }

    /// The request contradicts the present state.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Error::Conflict { code, detail: detail.into() }
    }

    /// Content that was refused, with its place below `prefix`.
    #[must_use]
    pub fn content(prefix: &str, error: &ContentError) -> Self {
        let code = match error.problem {
            ContentProblem::TooLong { .. } => "too_long",
            ContentProblem::Empty => "empty_text",
            ContentProblem::InvalidText => "invalid_text",
            ContentProblem::Invalid(_) => "invalid",
        };
        Error::Invalid {
            code,
            pointer: format!("{prefix}{}", error.pointer),
            detail: error.problem.to_string(),
        }
    }
}
