//! Who asks: a program by its token, in any of the headers that clients of Chatwoot use.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use tertulia_engine::{Access, Ctx, tokens};

use super::Refusal;
use crate::app::App;
use crate::extract::RequestId;

/// The part of a path that names the account.
const ACCOUNT: &str = "account_id";
/// The header with the token. Proxies drop or change its underscores.
const TOKEN_HEADER: &str = "api-access-token";

/// An authenticated principal who may ask about the account that the path names.
///
/// Idempotency keys are not taken here: a request of Chatwoot's may be several use cases of ours.
pub(super) struct Caller(pub(super) Ctx);

impl FromRequestParts<App> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let token = token(&parts.headers)?.ok_or_else(Refusal::nobody)?;
        let mut ctx = tokens::authenticate(&app.engine, token).await?;
        app.engine.gate.request(&ctx.principal())?;
        ctx.request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        let named = RawPathParams::from_request_parts(parts, app).await.ok();
        let account = named.iter().flatten().find(|(name, _)| *name == ACCOUNT);
        match account {
            // Whether another account exists is nobody's business.
            Some((_, id)) if id.parse() != Ok(ctx.account_id.0) => {
                Err(Refusal::stranger(is_bot(&ctx)))
            }
            Some(_) | None => Ok(Self(ctx)),
        }
    }
}

/// Whether a program without a person behind it asks.
fn is_bot(ctx: &Ctx) -> bool {
    match ctx.access {
        Access::System | Access::App { .. } | Access::Channel { .. } => true,
        Access::User { .. } | Access::Token { .. } | Access::Visitor { .. } => false,
    }
}

/// The token of a request. `Authorization: Bearer` wins over the header of older clients, even when it
/// is empty; other schemes are somebody else's, for example a proxy's.
pub(super) fn token(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some(bearer) = authorization.and_then(bearer) {
        return if bearer.is_empty() { Err(Refusal::bad_token()) } else { Ok(Some(bearer)) };
    }
    let named = |name: &str| name.replace('_', "-") == TOKEN_HEADER;
    let found = headers.iter().find(|(name, value)| named(name.as_str()) && !value.is_empty());
    found.map(|(_, value)| value.to_str().map_err(|_| Refusal::bad_token())).transpose()
}

/// What follows the word `Bearer`.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headers: &[(&str, &str)], expected: Option<&str>) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: header::HeaderName = name.parse().unwrap();
            map.append(name, value.parse().unwrap());
        }
        assert_eq!(token(&map).unwrap_or(Some("refused")), expected, "{headers:?}");
    }

    #[test]
    fn every_spelling_of_the_header_is_read_and_bearer_wins() {
        check(&[], None);
        check(&[("api_access_token", "a")], Some("a"));
        check(&[("Api-Access-Token", "a")], Some("a"));
        check(&[("API_ACCESS-TOKEN", "a")], Some("a"));
        check(&[("api_access_token", "a"), ("Authorization", "Bearer b")], Some("b"));
        check(&[("api_access_token", "a"), ("Authorization", "bearer  b")], Some("b"));
        check(&[("api_access_token", "a"), ("Authorization", "Bearer ")], Some("refused"));
        check(&[("api_access_token", "a"), ("Authorization", "Bearer")], Some("refused"));
        check(&[("api_access_token", "a"), ("Authorization", "Basic eDp5")], Some("a"));
        check(&[("api_access_token", ""), ("api-access-token", "a")], Some("a"));
    }
}
