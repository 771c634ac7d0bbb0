//! From a browser's secret to the person behind it.

use tertulia_store::{Scope, sessions};

use crate::{Access, Ctx, Engine, Error, Result, secret};

/// The context of a browser; refused when the session has ended.
pub async fn authenticate(engine: &Engine, token: &str) -> Result<Ctx> {
    let hash = secret::hash(token);
    let found = engine.store.read(Scope::System, move |tx| sessions::by_secret(tx, &hash)).await?;
    let signed_in = found.filter(|session| session.expires_at > engine.clock.now());
    let Some(session) = signed_in else {
        let detail = "The session has ended; sign in again.".to_owned();
        return Err(Error::Unauthenticated { code: "session_required", detail });
    };
    Ok(Ctx {
        account_id: session.account_id,
        access: Access::User { id: session.user_id, role: session.role },
        name: session.name,
        session: Some(session.session_id),
        request_id: None,
        idempotency: None,
    })
}
