//! The session cookie: out of reach of scripts, sent only to this site.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::app::App;
use crate::problem::Problem;

const OIDC: &str = "tertulia_oidc";
const OIDC_SECURE: &str = "__Host-tertulia_oidc";

/// The value that makes `Set-Cookie` sign in this browser for `max_age_secs`.
pub(crate) fn signed_in(app: &App, token: &str, max_age_secs: u64) -> Result<HeaderValue, Problem> {
    let secure = if app.is_secure() { "; Secure" } else { "" };
    let cookie = format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_secs}{secure}",
        name(app)
    );
    HeaderValue::from_str(&cookie).map_err(|e| Problem::internal(e.to_string()))
}

/// The value that makes `Set-Cookie` sign out this browser.
pub(crate) fn signed_out(app: &App) -> Result<HeaderValue, Problem> {
    signed_in(app, "", 0)
}

/// The value that ties a sign-in at a provider to this browser for `max_age_secs`.
pub(crate) fn oidc_state(
    app: &App,
    state: &str,
    max_age_secs: u64,
) -> Result<HeaderValue, Problem> {
    let (secure, name) = if app.is_secure() { ("; Secure", OIDC_SECURE) } else { ("", OIDC) };
    let cookie =
        format!("{name}={state}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_secs}{secure}");
    HeaderValue::from_str(&cookie).map_err(|e| Problem::internal(e.to_string()))
}

/// The state that this browser started a sign-in with.
pub(crate) fn started_oidc(app: &App, headers: &HeaderMap) -> Option<String> {
    find(headers, if app.is_secure() { OIDC_SECURE } else { OIDC })
}

/// The secret of the session cookie, if the request has one.
pub(crate) fn session(app: &App, headers: &HeaderMap) -> Option<String> {
    find(headers, name(app))
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// Browsers accept the prefix only over TLS; it keeps sibling domains from planting the cookie.
fn name(app: &App) -> &'static str {
    if app.is_secure() { "__Host-tertulia" } else { "tertulia" }
}
