//! `GET /files/{token}/{name}`: a file, so that no browser runs what is in it.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tertulia_engine::attachments::open;
use utoipa::IntoParams;

use super::disposition::{Asked, asked, disposition};
use crate::app::App;
use crate::extract::{Path, Query};
use crate::problem::Problem;

/// Even what is shown inline is in a sandbox: no scripts, no forms, no origin.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// The address is a secret and its content never changes.
const CACHE: &str = "private, max-age=31536000, immutable";

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Parameters {
    /// `1` for the small version of a picture.
    thumbnail: Option<u8>,
}

/// The bytes of a file. Whoever has the address may have them; `Range` asks for a part.
#[utoipa::path(
    get,
    path = "/files/{token}/{name}",
    operation_id = "get_file",
    tag = "attachments",
    params(("token" = String, Path), ("name" = String, Path), Parameters),
    responses((status = 200, content_type = "application/octet-stream"), (status = 206), (status = 416)),
)]
pub(super) async fn get_file(
    State(app): State<App>,
    Path((token, _name)): Path<(String, String)>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let opened = open(&app.engine, &token, parameters.thumbnail == Some(1)).await?;
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let wanted = opened.size_bytes.map_or(Asked::All, |size_bytes| asked(range, size_bytes));
    let (status, part) = match wanted {
        Asked::All => (StatusCode::OK, None),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, Some(part)),
        Asked::Nothing => return Ok(out_of_range(opened.size_bytes)),
    };
    let mut answer = HeaderMap::new();
    answer.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
    let disposition = disposition(opened.is_inline(), &opened.file.name);
    insert(&mut answer, header::CONTENT_DISPOSITION, &disposition)?;
    insert(&mut answer, header::CONTENT_TYPE, opened.content_type())?;
    if let Some(size_bytes) = opened.size_bytes {
        answer.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        let length = part.as_ref().map_or(size_bytes, |part| part.end - part.start);
        answer.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        if let Some(part) = &part {
            let range = format!("bytes {}-{}/{size_bytes}", part.start, part.end - 1);
            insert(&mut answer, header::CONTENT_RANGE, &range)?;
        }
    }
    let bytes = opened.read(&app.engine, part).await?;
    Ok((status, answer, Body::from_stream(bytes)).into_response())
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), Problem> {
    let value = HeaderValue::from_str(value).map_err(|e| Problem::internal(e.to_string()))?;
    headers.insert(name, value);
    Ok(())
}

fn out_of_range(size_bytes: Option<u64>) -> Response {
    let range = format!("bytes */{}", size_bytes.unwrap_or(0));
    (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, range)]).into_response()
}
