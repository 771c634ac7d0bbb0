//! From a bearer token to the program behind it.

use tertulia_store::{Scope, tokens};

use crate::{Access, Ctx, Engine, Error, Result, secret};

/// The context of a program; one answer for every token that is not good, except an expired one.
pub async fn authenticate(engine: &Engine, token: &str) -> Result<Ctx> {
    let hash = secret::hash(token);
    let found = engine.store.read(Scope::System, move |tx| tokens::by_secret(tx, &hash)).await?;
    let Some(token) = found else {
        let detail = "The token is not known here.".to_owned();
        return Err(Error::Unauthenticated { code: "token_invalid", detail });
    };
    if token.expires_at.is_some_and(|at| at <= engine.clock.now()) {
        let detail = "The token has expired.".to_owned();
        return Err(Error::Unauthenticated { code: "token_expired", detail });
    }
    let scopes = serde_json::from_value(token.scopes)
        .map_err(|error| Error::Internal(format!("the scopes of a token: {error}")))?;
    Ok(Ctx {
        account_id: token.account_id,
        access: Access::Token { id: token.token_id, user: token.user_id, role: token.role, scopes },
        name: token.name,
        session: None,
        request_id: None,
        idempotency: None,
    })
}
