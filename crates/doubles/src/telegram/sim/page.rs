//! The page at `/` on which anyone plays the customer, embedded: no other server is asked for anything.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;

use crate::telegram::state::Shared;

/// Only what comes from here may run, and the page may be shown in no other.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Path, type and content of each file.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("../page/index.html")),
    ("/sim/page/style.css", CSS, include_str!("../page/style.css")),
    ("/sim/page/chat.css", CSS, include_str!("../page/chat.css")),
    ("/sim/page/app.js", SCRIPT, include_str!("../page/app.js")),
    ("/sim/page/api.js", SCRIPT, include_str!("../page/api.js")),
    ("/sim/page/compose.js", SCRIPT, include_str!("../page/compose.js")),
    ("/sim/page/connection.js", SCRIPT, include_str!("../page/connection.js")),
    ("/sim/page/dom.js", SCRIPT, include_str!("../page/dom.js")),
    ("/sim/page/message.js", SCRIPT, include_str!("../page/message.js")),
];

pub(crate) fn page() -> Router<Arc<Shared>> {
    FILES.iter().fold(Router::new(), |router, (path, mime, text)| {
        let headers = [
            (header::CONTENT_TYPE, *mime),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        router.route(path, get(move || async move { (headers, *text) }))
    })
}
