//! Built files: found by path, sent compressed when the browser can and the build made it so.

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A year: the name of a hashed file changes with its content.
const HASHED: &str = "public, max-age=31536000, immutable";
/// Encodings that the build may have made beside a file, best first.
const ENCODINGS: &[(&str, &str)] = &[("br", ".br"), ("gzip", ".gz")];

/// Which build a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Build {
    Console,
    Widget,
    ChatwootSdk,
}

/// How long a browser may keep a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// The name has a hash of the content.
    Forever,
    Seconds(u32),
    /// Shells name the hashed files, so they are asked for every time.
    Never,
}

/// A file as an answer, if the build has it.
pub(super) fn answer(
    build: Build,
    path: &str,
    request: &HeaderMap,
    keep: Keep,
) -> Option<Response> {
    let (encoding, bytes) = encoded(build, path, request)?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let cache = match keep {
        Keep::Forever => HeaderValue::from_static(HASHED),
        Keep::Seconds(secs) => HeaderValue::from_str(&format!("public, max-age={secs}")).ok()?,
        Keep::Never => HeaderValue::from_static("no-cache"),
    };
    headers.insert(header::CACHE_CONTROL, cache);
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

type Encoded = (Option<&'static str>, Cow<'static, [u8]>);

fn encoded(build: Build, path: &str, request: &HeaderMap) -> Option<Encoded> {
    let accepted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let accepted = accepted.unwrap_or_default();
    ENCODINGS
        .iter()
        .filter(|(name, _)| accepted.split(',').any(|one| one.trim().starts_with(name)))
        .find_map(|(name, suffix)| Some((Some(*name), file(build, &format!("{path}{suffix}"))?)))
        .or_else(|| Some((None, file(build, path)?)))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(feature = "embed-ui")]
fn file(build: Build, path: &str) -> Option<Cow<'static, [u8]>> {
    use rust_embed::RustEmbed;

    #[derive(RustEmbed)]
    #[folder = "../../web/console/dist"]
    struct Console;

    #[derive(RustEmbed)]
    #[folder = "../../web/widget/dist"]
    struct Widget;

    #[derive(RustEmbed)]
    #[folder = "../../web/chatwoot-sdk/dist"]
    struct ChatwootSdk;

    let file = match build {
        Build::Console => Console::get(path),
        Build::Widget => Widget::get(path),
        Build::ChatwootSdk => ChatwootSdk::get(path),
    };
    file.map(|file| file.data)
}

#[cfg(not(feature = "embed-ui"))]
fn file(_: Build, _: &str) -> Option<Cow<'static, [u8]>> {
    None
}
