//! The console: its files by name, its shell for every other path, because it routes by itself.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::assets::{self, Build, Keep};

/// Scripts from here only; pictures also from memory, for previews before an upload.
/// Styles may be inline because the parts that float (menus, dialogs) are placed by style attributes.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; frame-src 'self'; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Shown when the binary was built without the feature `embed-ui`.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
     <title>Tertulia</title><h1>The API is here, the console is not</h1>\
     <p>This binary was built without its pages. \
     <code>make run</code> builds them; or: <code>npm --prefix web ci</code>, \
     <code>npm --prefix web run build</code>, \
     <code>cargo build -p tertulia-server --features embed-ui</code>.</p>\
     <p>The API's documentation is at <a href=\"/docs\">/docs</a>.</p></html>";

pub(super) async fn console(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let headers = request.headers();
    let is_asset = path.starts_with("assets/");
    let keep = if is_asset { Keep::Forever } else { Keep::Never };
    let file = assets::answer(Build::Console, path, headers, keep);
    if file.is_none() && is_asset {
        // An old page asks for a file of another build; a shell in its place would be nonsense.
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut response = file
        .or_else(|| assets::answer(Build::Console, "index.html", headers, Keep::Never))
        .unwrap_or_else(|| Html(NOT_BUILT).into_response());
    let policy = HeaderValue::from_static(POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
