//! Refusals in Chatwoot's words and statuses. A problem of ours becomes one of them in [`layer`].

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use tertulia_engine as engine;
use tertulia_store as store;

use super::{owns, reply};
use crate::extract::RequestId;
use crate::problem::Problem;

const NOT_FOUND: &str = "Resource could not be found";
const NOT_AUTHORIZED: &str = "You are not authorized to do this action";

/// A refusal of the façade.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    /// A status and a body.
    Said(StatusCode, Value),
    /// A problem of ours, which [`layer`] translates.
    Problem(Box<Problem>),
}

impl Refusal {
    /// It does not exist, or not for this principal.
    pub(super) fn not_found() -> Self {
        Self::error(StatusCode::NOT_FOUND, NOT_FOUND)
    }

    /// Chatwoot has it and Tertulia does not; the sentence says what is missing.
    pub(super) fn absent(sentence: &str) -> Self {
        Self::error(StatusCode::NOT_FOUND, sentence)
    }

    /// The request says something that cannot be; the place is the name of a parameter.
    pub(super) fn wrong(place: &str, detail: &str) -> Self {
        Self::unprocessable(&format!("{place} {detail}"))
    }

    /// The request cannot be done as it is.
    pub(super) fn unprocessable(sentence: &str) -> Self {
        Self::error(StatusCode::UNPROCESSABLE_ENTITY, sentence)
    }

    /// The thing would not be valid, because of these attributes.
    pub(super) fn invalid(message: &str, attributes: &[&str]) -> Self {
        let body = json!({"message": message, "attributes": attributes});
        Self::Said(StatusCode::UNPROCESSABLE_ENTITY, body)
    }

    /// Nobody says who asks.
    pub(super) fn nobody() -> Self {
        let sentence = "You need to sign in or sign up before continuing.";
        Self::Said(StatusCode::UNAUTHORIZED, json!({"errors": [sentence]}))
    }

    pub(super) fn bad_token() -> Self {
        Self::error(StatusCode::UNAUTHORIZED, "Invalid Access Token")
    }

    /// The token is good, for another account.
    pub(super) fn stranger(is_bot: bool) -> Self {
        let who = if is_bot { "Bot is" } else { "You are" };
        let sentence = format!("{who} not authorized to access this account");
        Self::error(StatusCode::UNAUTHORIZED, &sentence)
    }

    /// Any other status, with Chatwoot's usual body.
    pub(super) fn error(status: StatusCode, sentence: &str) -> Self {
        Self::Said(status, json!({"error": sentence}))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Said(status, body) => {
                (status, [(header::CONTENT_TYPE, reply::JSON)], body.to_string()).into_response()
            }
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<engine::Error> for Refusal {
    fn from(error: engine::Error) -> Self {
        Problem::from(error).into()
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Problem::from(error).into()
    }
}

/// Says a problem of ours, wherever it came from, in Chatwoot's words.
pub(crate) async fn layer(request: Request, next: Next) -> Response {
    if !owns(request.uri().path()) {
        return next.run(request).await;
    }
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let retry_after = problem.retry_after_secs();
    let (status, body) = problem.tell(&id);
    let mut told = said(status, &body);
    if let Some(secs) = retry_after {
        told.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
    }
    if let Some(connection) = response.headers_mut().remove(header::CONNECTION) {
        told.headers_mut().insert(header::CONNECTION, connection);
    }
    told
}

fn said(status: StatusCode, body: &Map<String, Value>) -> Response {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let detail = text("detail");
    match status {
        StatusCode::NOT_FOUND => Refusal::not_found(),
        StatusCode::UNAUTHORIZED => Refusal::bad_token(),
        // The second sentence says which scope or permission is missing.
        StatusCode::FORBIDDEN if text("code") == "contact_blocked" => {
            Refusal::unprocessable(detail)
        }
        StatusCode::FORBIDDEN => {
            let body = json!({"error": NOT_AUTHORIZED, "detail": detail});
            Refusal::Said(StatusCode::UNAUTHORIZED, body)
        }
        StatusCode::CONFLICT => Refusal::unprocessable(detail),
        StatusCode::UNPROCESSABLE_ENTITY => invalid(text("pointer"), detail),
        StatusCode::TOO_MANY_REQUESTS => return (status, "Retry later\n").into_response(),
        _ => Refusal::error(status, detail),
    }
    .into_response()
}

/// An attribute that would not be valid, as Chatwoot words it: the name first, then what is wrong.
fn invalid(pointer: &str, detail: &str) -> Refusal {
    let Some(attribute) = pointer.split('/').find(|part| !part.is_empty()) else {
        return Refusal::unprocessable(detail);
    };
    let is_sentence = detail.starts_with(char::is_uppercase);
    let message =
        if is_sentence { detail.to_owned() } else { format!("{} {detail}", human(attribute)) };
    Refusal::invalid(&message, &[attribute])
}

/// `phone_number` as `Phone number`.
fn human(attribute: &str) -> String {
    let words = attribute.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
