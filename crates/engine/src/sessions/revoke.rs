//! Ends one of the person's own sessions.

use serde_json::json;
use tertulia_domain::SessionId;
use tertulia_domain::event::EventKind;
use tertulia_store::sessions;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Ends a session of the person who asks.
pub async fn revoke(engine: &Engine, ctx: &Ctx, session: SessionId) -> Result<()> {
    let (user, _) = ctx.browser()?;
    engine
        .commit(ctx, move |change| {
            if !sessions::delete(change.tx, user, session)? {
                return Err(Error::NotFound("session"));
            }
            let data = json!({"session_id": session, "user_id": user});
            change.record(&Fact::new(EventKind::SessionRevoked, data).about(session.0))?;
            Ok(())
        })
        .await
}
