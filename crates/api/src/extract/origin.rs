//! Cross-site request forgery: a write with a cookie must come from our own pages.

use axum::http::{HeaderMap, StatusCode, header};
use url::{Origin, Url};

use crate::problem::Problem;

const FETCH_SITE: &str = "sec-fetch-site";

/// Refuses a request that a foreign page may have made with the visitor's cookie.
pub(crate) fn require_same_origin(public_url: &Url, headers: &HeaderMap) -> Result<(), Problem> {
    if is_same_origin(public_url, headers) {
        return Ok(());
    }
    let detail = "A write with the session cookie must come from this server's own pages.";
    Err(Problem::new(StatusCode::FORBIDDEN, "csrf", detail)
        .hint("Programs use an API token; pages send Origin or Sec-Fetch-Site."))
}

/// Whether a request comes from our own pages. Browsers set both headers themselves; a script cannot change them.
pub(crate) fn is_same_origin(public_url: &Url, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let Ok(origin) = Url::parse(origin).map(|url| url.origin()) else { return false };
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    origin == public_url.origin() || host.is_some_and(|host| names(&origin, host))
}

/// Whether an origin is the host that the browser was talking to.
fn names(origin: &Origin, host: &str) -> bool {
    let Origin::Tuple(scheme, ..) = origin else { return false };
    Url::parse(&format!("{scheme}://{host}")).is_ok_and(|url| url.origin() == *origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pairs: &[(&'static str, &'static str)], expected: bool) {
        let public_url = Url::parse("https://desk.example").unwrap();
        let headers = pairs.iter().map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap())).collect();
        assert_eq!(is_same_origin(&public_url, &headers), expected, "{pairs:?}");
    }

    #[test]
    fn only_our_own_pages_write_with_the_cookie() {
        check(&[], false);
        check(&[(FETCH_SITE, "same-origin")], true);
        check(&[(FETCH_SITE, "same-site"), ("origin", "https://desk.example")], false);
        check(&[(FETCH_SITE, "cross-site")], false);
        check(&[("origin", "https://desk.example")], true);
        check(&[("origin", "https://desk.example:444")], false);
        check(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], true);
        check(&[("origin", "http://evil.example"), ("host", "127.0.0.1:8080")], false);
        check(&[("origin", "null"), ("host", "127.0.0.1:8080")], false);
    }
}
