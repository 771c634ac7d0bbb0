//! `/docs`: the OpenAPI document as a page on which requests can be tried; works without the internet.

use axum::Router;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;

/// Everything from here, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/docs", get(|| file("text/html; charset=utf-8", include_str!("page.html"))))
        .route("/docs/page.js", get(|| file("text/javascript", include_str!("page.js"))))
        .route("/docs/page.css", get(|| file("text/css", include_str!("page.css"))))
}

async fn file(media_type: &'static str, text: &'static str) -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, media_type), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, text).into_response()
}
