//! Answers as Chatwoot gives them: always 200, with the charset named, or with an empty body.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// A body.
pub(super) struct Reply(pub(super) Value);

/// It is done, and there is nothing to say.
pub(super) struct Empty;

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, JSON)], self.0.to_string()).into_response()
    }
}

impl IntoResponse for Empty {
    fn into_response(self) -> Response {
        StatusCode::OK.into_response()
    }
}
