//! `/demo`: a website of somebody who uses Tertulia.

use axum::Router;
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;

const PAGE: &str = include_str!("site/index.html");
const STYLES: &str = include_str!("site/site.css");

/// The widget's loader styles its button through the CSSOM, so nothing inline is needed.
const POLICY: (HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
);

/// The website, with the widget of this key.
pub(super) fn router(widget_key: &str) -> Router {
    let page = PAGE.replace("{widget_key}", widget_key);
    Router::new()
        .route("/demo", get(move || async move { ([POLICY], Html(page)).into_response() }))
        .route("/demo/site.css", get(|| async { ([(header::CONTENT_TYPE, "text/css")], STYLES) }))
}
