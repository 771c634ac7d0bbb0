//! From a bearer token to the program behind it.

use std::time::Duration;

use tertulia_domain::Timestamp;
use tertulia_store::tokens::{self, Bearer};
use tertulia_store::{Error as StoreError, Scope, apps};

use super::format;
use crate::{Access, Ctx, Engine, Error, Result, secret};

/// How precisely it is known when a token was last used.
const LAST_USED_SECS: u64 = 60;

/// The context of a program; one answer for every token that is not good, except an expired one.
pub async fn authenticate(engine: &Engine, token: &str) -> Result<Ctx> {
    if !format::is_well_formed(token) {
        // A slip of the pen costs no look into the database.
        return Err(unknown());
    }
    let hash = secret::hash(token);
    if format::is_of_app(token) {
        return app(engine, hash).await;
    }
    let found = engine.store.look_up(Scope::System, move |tx| tokens::by_hash(tx, &hash)).await?;
    let bearer = found.ok_or_else(unknown)?;
    let now = engine.clock.now();
    if bearer.token.expires_at.is_some_and(|at| at <= now) {
        let detail = "The token has expired.".to_owned();
        return Err(Error::Unauthenticated { code: "token_expired", detail });
    }
    if is_stale(bearer.token.last_used_at, now) {
        touch(engine, &bearer, now).await;
    }
    let Bearer { account_id, token, role } = bearer;
    let access = Access::Token { id: token.id, user: token.created_by, role, scopes: token.scopes };
    Ok(Ctx::new(account_id, access, token.name))
}

/// The context of an app that is switched on.
async fn app(engine: &Engine, hash: String) -> Result<Ctx> {
    let found =
        engine.store.look_up(Scope::System, move |tx| apps::by_token_hash(tx, &hash)).await?;
    let (account, app) = found.ok_or_else(unknown)?;
    Ok(Ctx::new(account, Access::App { id: app.id, scopes: app.scopes }, app.name))
}

fn is_stale(last_used_at: Option<Timestamp>, now: Timestamp) -> bool {
    last_used_at.is_none_or(|at| now.since(at) >= Duration::from_secs(LAST_USED_SECS))
}

/// A note for people: when it cannot be written, the request goes on all the same.
async fn touch(engine: &Engine, bearer: &Bearer, now: Timestamp) {
    let (account, token) = (bearer.account_id, bearer.token.id);
    let touched = engine
        .store
        .write::<_, StoreError, _>(Scope::Account(account), move |tx| {
            tokens::touch(tx, account, token, now)
        })
        .await;
    if let Err(error) = touched {
        tracing::warn!(%error, %token, "the use of a token was not noted");
    }
}

fn unknown() -> Error {
    let detail = "The token is not known here.".to_owned();
    Error::Unauthenticated { code: "token_invalid", detail }
}
