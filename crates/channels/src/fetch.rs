//! Fetching a file that a message named: the channel says where it is, the calls are made here.

use std::time::Duration;

use bytes::Bytes;
use tertulia_domain::Timestamp;
use tertulia_domain::inbox::Inbox;
use tertulia_net::{Error, Excess, HttpClient, Request, Response, Verdict};

use crate::port::of;

/// Calls for one file, redirects included.
const CALLS_MAX: usize = 6;
/// Time for each of them.
const CALL: Duration = Duration::from_secs(60);

/// A step to a file.
#[derive(Debug)]
pub enum FileStep {
    /// The answer says where the file is.
    Ask(Box<Request>),
    /// The answer is the file.
    Download(Box<Request>),
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Another try would end the same.
    #[error("{detail}")]
    Refused { code: String, detail: String },
    /// Worth another try, after `delay` when the provider says so.
    #[error("{detail}")]
    Later { delay: Option<Duration>, detail: String },
}

impl FetchError {
    /// Refused for good.
    pub(crate) fn refused(code: &str, detail: impl Into<String>) -> Self {
        FetchError::Refused { code: code.to_owned(), detail: detail.into() }
    }
}

impl From<Error> for FetchError {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::Blocked(_) | Error::Header(_) | Error::TooLarge { .. } => {
                Self::refused(error.code(), detail)
            }
            Error::Setup(_)
            | Error::Dns
            | Error::Refused
            | Error::Tls(_)
            | Error::ConnectTimeout
            | Error::Connect(_)
            | Error::Timeout(_)
            | Error::Broken(_) => FetchError::Later { delay: None, detail },
        }
    }
}

/// Fetches a file of at most `bytes_max` bytes. No transaction is open while this waits.
pub async fn fetch(
    http: &HttpClient,
    inbox: &Inbox,
    reference: &str,
    bytes_max: usize,
    now: Timestamp,
) -> Result<Bytes, FetchError> {
    let channel = of(inbox.channel);
    let mut step = channel.locate(inbox, reference, None)?;
    let mut is_link = false;
    for _ in 0..CALLS_MAX {
        step = match step {
            FileStep::Ask(request) => {
                // What a refusal means, the channel knows better.
                let answer = http.send(request.timeout(CALL)).await?;
                is_link = true;
                channel.locate(inbox, reference, Some(&answer))?
            }
            FileStep::Download(request) => {
                let request = request.at_most(bytes_max, Excess::Refuse).timeout(CALL);
                let answer = http.send(request.clone()).await?;
                let Some(elsewhere) = request.redirected(&answer) else {
                    return Ok(accepted(answer, now).map_err(|e| expired(e, is_link))?.body);
                };
                FileStep::Download(Box::new(elsewhere?))
            }
        };
    }
    Err(FetchError::refused("redirects", "it is redirected again and again"))
}

/// A link that was asked for may have expired on the way: the next attempt asks for another one.
fn expired(error: FetchError, is_link: bool) -> FetchError {
    match error {
        FetchError::Refused { detail, .. } if is_link => FetchError::Later { delay: None, detail },
        error => error,
    }
}

/// Asking for a file twice does no harm, so a server that failed is asked again.
fn accepted(answer: Response, now: Timestamp) -> Result<Response, FetchError> {
    let status = answer.status.as_u16();
    let detail = format!("HTTP {status}");
    match answer.verdict() {
        Verdict::Accepted => Ok(answer),
        Verdict::Rejected => Err(FetchError::refused(&format!("http_{status}"), detail)),
        Verdict::Later(after) => {
            let delay = after.map(|after| after.delay(now.secs()));
            Err(FetchError::Later { delay, detail })
        }
        Verdict::Unknown => Err(FetchError::Later { delay: None, detail }),
    }
}
