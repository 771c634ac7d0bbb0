//! What can go wrong with a request, sorted by the one question that matters: was it sent?

use std::time::Duration;

use crate::egress::Refusal;

/// Whether the other side may have acted on a request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Surely not: repeating it is safe.
    No,
    /// Perhaps: repeating it may do it twice.
    Unknown,
}

/// A request without a complete answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("not called: {0}")]
    Blocked(#[from] Refusal),
    #[error(transparent)]
    Setup(#[from] SetupError),
    #[error("a header is not valid: {0}")]
    Header(String),
    #[error("the name of the host does not resolve")]
    Dns,
    #[error("the connection was refused")]
    Refused,
    #[error("no secure connection: {0}")]
    Tls(String),
    #[error("no connection in time")]
    ConnectTimeout,
    #[error("no connection: {0}")]
    Connect(String),
    #[error("no complete answer within {} s", .0.as_secs())]
    Timeout(Duration),
    #[error("the connection broke: {0}")]
    Broken(String),
    #[error("the answer is longer than {bytes_max} bytes")]
    TooLarge { bytes_max: usize },
}

impl Error {
    /// Whether the other side may have acted on the request.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self {
            Error::Blocked(_)
            | Error::Setup(_)
            | Error::Header(_)
            | Error::Dns
            | Error::Refused
            | Error::Tls(_)
            | Error::ConnectTimeout
            | Error::Connect(_) => Sent::No,
            Error::Timeout(_) | Error::Broken(_) | Error::TooLarge { .. } => Sent::Unknown,
        }
    }

    /// A stable word for logs, delivery records and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Blocked(_) => "egress_blocked",
            Error::Setup(_) => "setup",
            Error::Header(_) => "header_invalid",
            Error::Dns => "dns",
            Error::Refused => "refused",
            Error::Tls(_) => "tls",
            Error::ConnectTimeout => "connect_timeout",
            Error::Connect(_) => "connect",
            Error::Timeout(_) => "timeout",
            Error::Broken(_) => "broken",
            Error::TooLarge { .. } => "too_large",
        }
    }

    /// Sorts an error of the library. `timeout` is the deadline that the request had.
    pub(crate) fn from_library(error: &reqwest::Error, timeout: Duration) -> Self {
        if let Some(refusal) = source_of::<Refusal>(error) {
            return Error::Blocked(refusal.clone());
        }
        if error.is_builder() {
            return Error::Header(root(error));
        }
        if error.is_connect() {
            return Self::connecting(error);
        }
        if error.is_timeout() { Error::Timeout(timeout) } else { Error::Broken(root(error)) }
    }

    fn connecting(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            return Error::ConnectTimeout;
        }
        if error.is_dns() {
            return Error::Dns;
        }
        if has_io_error(error, std::io::ErrorKind::ConnectionRefused) {
            return Error::Refused;
        }
        // Certificate and protocol failures of TLS arrive as "invalid data" of the stream.
        if has_io_error(error, std::io::ErrorKind::InvalidData) {
            return Error::Tls(root(error));
        }
        Error::Connect(root(error))
    }
}

fn source_of<T: std::error::Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

fn has_io_error(error: &reqwest::Error, kind: std::io::ErrorKind) -> bool {
    let mut inputs = causes(error).filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    inputs.any(|io| io.kind() == kind)
}

type Cause = dyn std::error::Error + 'static;

/// Everything below an error, outermost first.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &Cause> {
    std::iter::successors(std::error::Error::source(error), |cause| {
        // An I/O error's own `source` leaves out the error that it wraps.
        let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        wrapped.map(|inner| inner as &Cause).or_else(|| cause.source())
    })
}

/// The innermost cause: the outer ones repeat the URL, which may hold a secret.
fn root(error: &reqwest::Error) -> String {
    causes(error)
        .last()
        .map_or_else(|| "the request cannot be built".to_owned(), ToString::to_string)
}

/// The client cannot be set up on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the HTTP client cannot start: {0}")]
pub struct SetupError(pub(crate) String);
