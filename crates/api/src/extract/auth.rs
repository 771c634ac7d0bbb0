//! Who asks: a signed-in browser by its cookie, or a program by its bearer token.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use tertulia_engine::{Ctx, Idempotency, sessions, tokens};

use super::{RequestId, require_same_origin};
use crate::app::App;
use crate::cookies;
use crate::problem::Problem;

/// An authenticated principal of one account: a user or a token.
pub(crate) struct Auth(pub(crate) Ctx);

impl FromRequestParts<App> for Auth {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let mut ctx = match bearer(&parts.headers)? {
            Some(token) => tokens::authenticate(&app.engine, token).await?,
            None => by_cookie(parts, app).await?,
        };
        app.engine.gate.request(&ctx.principal())?;
        ctx.request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        ctx.idempotency = parts.extensions.get::<Idempotency>().cloned();
        Ok(Self(ctx))
    }
}

async fn by_cookie(parts: &Parts, app: &App) -> Result<Ctx, Problem> {
    let Some(secret) = cookies::session(app, &parts.headers) else {
        let detail = "Sign in, or send an API token as `Authorization: Bearer`.";
        return Err(Problem::unauthenticated("session_required", detail));
    };
    if !parts.method.is_safe() {
        require_same_origin(app.public_url(), &parts.headers)?;
    }
    Ok(sessions::authenticate(&app.engine, &secret).await?)
}

/// The token of an `Authorization` header; another scheme is refused rather than ignored.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let token = value.to_str().ok().and_then(|value| value.split_once(' '));
    match token {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim())),
        Some(_) | None => Err(Problem::unauthenticated(
            "token_invalid",
            "The Authorization header is not `Bearer <token>`.",
        )),
    }
}
