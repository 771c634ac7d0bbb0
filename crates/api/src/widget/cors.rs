//! Cross-origin requests of visitors: any page may ask, the inbox's list decides who is answered.
//!
//! A preflight carries no token, so it cannot know the inbox; the request itself is refused without
//! the header that would let a foreign page read the answer. There are no cookies here.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// The second one is what customers of an API inbox use from a website of their own.
const PREFIXES: [&str; 2] = ["/widget/v1/", "/public/api/v1/"];
const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");
const HEADERS: HeaderValue =
    HeaderValue::from_static("authorization, content-type, idempotency-key");
/// How long a browser may remember a preflight.
const MAX_AGE_SECS: HeaderValue = HeaderValue::from_static("600");

pub(crate) async fn layer(request: Request, next: Next) -> Response {
    if !PREFIXES.iter().any(|prefix| request.uri().path().starts_with(prefix)) {
        return next.run(request).await;
    }
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
        return next.run(request).await;
    };
    if request.method() == Method::OPTIONS {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECS);
        open(headers, origin);
        return response;
    }
    let mut response = next.run(request).await;
    let problem = response.extensions().get::<Problem>();
    if problem.is_none_or(|problem| problem.code() != "origin_not_allowed") {
        open(response.headers_mut(), origin);
    }
    response
}

fn open(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
}
