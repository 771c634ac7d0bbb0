//! Bodies, bounded while they stream in, and JSON read strictly.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::problem::Problem;
use crate::strict_json;

/// A JSON body as a request type. The type denies unknown fields.
pub(crate) struct Body<T>(pub(crate) T);

/// Any other body, whole, with its media type without parameters in lower case.
pub(crate) struct RawBody {
    pub(crate) media_type: String,
    pub(crate) bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let media_type = media_type(request.headers());
        let is_json = media_type == "application/json" || media_type.ends_with("+json");
        if !is_json {
            return Err(unsupported(&["application/json"]));
        }
        let bytes = identity(request, app.settings.limits.json_bytes_max).await?;
        strict_json::read(&bytes).map(Body)
    }
}

impl FromRequest<App> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let media_type = media_type(request.headers());
        let bytes = identity(request, app.settings.limits.import_bytes_max).await?;
        Ok(Self { media_type, bytes })
    }
}

impl RawBody {
    /// Refuses a media type that is not one of `accepted`.
    pub(crate) fn require(&self, accepted: &[&str]) -> Result<(), Problem> {
        if accepted.contains(&self.media_type.as_str()) {
            Ok(())
        } else {
            Err(unsupported(accepted))
        }
    }
}

/// Reads a body up to `bytes_max`, without ever holding more.
pub(crate) async fn read_body(body: axum::body::Body, bytes_max: usize) -> Result<Bytes, Problem> {
    let mut read = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| {
            Problem::bad_request("json_invalid", "The body ended before its announced length.")
        })?;
        if read.len() + chunk.len() > bytes_max {
            return Err(too_large(bytes_max));
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.into())
}

/// The refusal of a body beyond its limit.
pub(crate) fn too_large(bytes_max: usize) -> Problem {
    let detail = format!("The body is larger than {bytes_max} bytes.");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
        .with("bytes_max", bytes_max)
}

pub(crate) fn unsupported(accepted: &[&str]) -> Problem {
    let detail = format!("The Content-Type must be {}.", accepted.join(" or "));
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail)
}

/// Reads a body that is not compressed: nothing here needs it, and what expands is a risk.
async fn identity(request: Request, bytes_max: usize) -> Result<Bytes, Problem> {
    let encoding = request.headers().get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| encoding != "identity") {
        let detail = "Compressed bodies are not accepted.";
        let code = "unsupported_media_type";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, detail));
    }
    if announced(request.headers()).is_some_and(|bytes| bytes > bytes_max) {
        return Err(too_large(bytes_max));
    }
    read_body(request.into_body(), bytes_max).await
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
