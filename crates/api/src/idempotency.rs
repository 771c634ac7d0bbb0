//! `Idempotency-Key`: checked and bound to method, path and body here, claimed in the write itself.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest, Sha256};
use tertulia_engine::Idempotency;

use crate::app::App;
use crate::extract::read_body;
use crate::problem::Problem;

/// Longest key.
const KEY_BYTES_MAX: usize = 255;
const HEADER: &str = "idempotency-key";

/// Reads the key and the body of an unsafe request, for `Auth` to put into the context.
pub(crate) async fn layer(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    // The boundary of a multipart body is random, so a repeat never has the same bytes; an upload
    // that came twice is harmless, because what is not tied to a message goes away.
    if request.method().is_safe() || is_multipart(request.headers()) {
        return Ok(next.run(request).await);
    }
    let Some(key) = key(request.headers())? else {
        return Ok(next.run(request).await);
    };
    let limits = app.settings.limits;
    let (mut parts, body) = request.into_parts();
    let bytes = read_body(body, limits.json_bytes_max.max(limits.import_bytes_max)).await?;
    let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let fingerprint = fingerprint(&parts.method, &path, &bytes);
    parts.extensions.insert(Idempotency { key, fingerprint });
    Ok(next.run(Request::from_parts(parts, Body::from(bytes))).await)
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let visible = value.as_bytes().iter().all(u8::is_ascii_graphic);
    let fits = (1..=KEY_BYTES_MAX).contains(&value.len());
    match value.to_str() {
        Ok(key) if visible && fits && values.next().is_none() => Ok(Some(key.to_owned())),
        Ok(_) | Err(_) => Err(Problem::bad_request(
            "idempotency_key_invalid",
            format!(
                "Idempotency-Key takes one value of 1 to {KEY_BYTES_MAX} visible ASCII characters."
            ),
        )),
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).map(|value| value.as_bytes());
    value.is_some_and(|value| value.starts_with(b"multipart/"))
}

fn fingerprint(method: &Method, path: &str, body: &[u8]) -> String {
    let digest = Sha256::new()
        .chain_update(method.as_str())
        .chain_update([0])
        .chain_update(path)
        .chain_update([0])
        .chain_update(body)
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &[u8]) -> Result<Option<String>, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, value.try_into().unwrap());
        key(&headers)
    }

    #[test]
    fn bad_input_015_keys_are_short_and_visible() {
        assert_eq!(read(b"a-1").unwrap().as_deref(), Some("a-1"));
        assert!(read(&[b'k'; 255]).is_ok());
        for bad in [&b""[..], &[b'k'; 256], b"a b", b"a\tb", "é".as_bytes()] {
            assert_eq!(read(bad).unwrap_err().code(), "idempotency_key_invalid");
        }
    }

    #[test]
    fn method_path_and_body_are_told_apart() {
        let one = fingerprint(&Method::POST, "/a", b"b");
        assert_eq!(one, fingerprint(&Method::POST, "/a", b"b"));
        assert_ne!(one, fingerprint(&Method::PUT, "/a", b"b"));
        assert_ne!(one, fingerprint(&Method::POST, "/ab", b""));
    }
}
