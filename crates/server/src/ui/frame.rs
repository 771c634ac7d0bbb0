//! The widget: the snippet's script, and the frame that only the inbox's websites may embed.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tertulia_api::{App, Problem};
use tertulia_domain::inbox::InboxSettings;
use tertulia_store::{Scope, inboxes};
use url::Url;

use super::assets::{self, Build, Keep};

/// How long websites may keep a script of theirs; its name has no hash.
const SCRIPT_SECS: u32 = 300;
/// Nothing inline. Pictures of cards come from wherever the business keeps them.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
     img-src 'self' blob: https:; media-src 'self' blob:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors ";

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    key: String,
}

/// `/widget/loader.js`: any website may load it.
pub(super) async fn loader(headers: HeaderMap) -> Response {
    script(Build::Widget, "loader.js", &headers)
}

/// `/packs/js/sdk.js`: the same for websites with Chatwoot's snippet.
pub(super) async fn chatwoot_sdk(headers: HeaderMap) -> Response {
    script(Build::ChatwootSdk, "sdk.js", &headers)
}

fn script(build: Build, path: &str, headers: &HeaderMap) -> Response {
    let found = assets::answer(build, path, headers, Keep::Seconds(SCRIPT_SECS));
    let Some(mut response) = found else { return StatusCode::NOT_FOUND.into_response() };
    let anybody = HeaderValue::from_static("cross-origin");
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(policy, anybody);
    response
}

/// `/widget/frame?key=…`: the shell, with the list of websites that may embed it.
pub(super) async fn page(
    State(app): State<App>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let ancestors = ancestors(&app, parameters.key).await?;
    let found = assets::answer(Build::Widget, "frame/index.html", &headers, Keep::Never);
    let policy = ancestors.and_then(|who| HeaderValue::from_str(&format!("{POLICY}{who}")).ok());
    let (Some(mut response), Some(policy)) = (found, policy) else {
        return Err(Problem::not_found("widget"));
    };
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// `/widget/frame/assets/…`: hashed files of the frame.
pub(super) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let keep = if path.starts_with("assets/") { Keep::Forever } else { Keep::Never };
    assets::answer(Build::Widget, &format!("frame/{path}"), &headers, keep)
        .unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// Who may embed the widget with this key: the inbox's origins, and our own console for its preview.
async fn ancestors(app: &App, key: String) -> Result<Option<String>, Problem> {
    let store = &app.engine.store;
    let found = store.read(Scope::System, move |tx| inboxes::by_widget_key(tx, &key)).await?;
    let Some((_, inbox)) = found.filter(|(_, inbox)| inbox.enabled) else { return Ok(None) };
    let InboxSettings::Widget(settings) = inbox.settings else { return Ok(None) };
    if settings.allowed_origins.is_empty() {
        return Ok(Some("*".to_owned()));
    }
    // What is not an origin could end the directive and begin another one.
    let origins = settings.allowed_origins.iter().filter_map(|origin| Url::parse(origin).ok());
    let named = origins.map(|url| url.origin().ascii_serialization());
    let all: Vec<String> = std::iter::once("'self'".to_owned()).chain(named).collect();
    Ok(Some(all.join(" ")))
}
