//! From a browser's secret to the person behind it.

use std::time::Duration;

use tertulia_domain::{SessionId, Timestamp};
use tertulia_store::sessions::{self, Signed};
use tertulia_store::{Error as StoreError, Scope};

use super::SESSION_IDLE_SECS;
use crate::{Access, Ctx, Engine, Error, Result, secret};

/// How precisely it is known when a session was last used.
const LAST_SEEN_SECS: u64 = 60;

/// The context of a browser; refused when the session has ended.
pub async fn authenticate(engine: &Engine, token: &str) -> Result<Ctx> {
    let hash = secret::hash(token);
    let found = engine.store.look_up(Scope::System, move |tx| sessions::by_hash(tx, &hash)).await?;
    let now = engine.clock.now();
    let Some(signed) = found.filter(|signed| is_live(signed, now)) else {
        let detail = "The session has ended; sign in again.".to_owned();
        return Err(Error::Unauthenticated { code: "session_required", detail });
    };
    let Signed { session, name, role } = signed;
    if now.since(session.last_seen_at) >= Duration::from_secs(LAST_SEEN_SECS) {
        touch(engine, session.id, now).await;
    }
    let access = Access::User { id: session.user_id, role };
    let mut ctx = Ctx::new(session.account_id, access, name);
    ctx.session = Some(session.id);
    Ok(ctx)
}

fn is_live(signed: &Signed, now: Timestamp) -> bool {
    let idle = now.since(signed.session.last_seen_at);
    signed.session.expires_at > now && idle < Duration::from_secs(SESSION_IDLE_SECS)
}

/// When the use cannot be noted, the request goes on all the same: reading needs no free disk.
async fn touch(engine: &Engine, session: SessionId, now: Timestamp) {
    let touched = engine
        .store
        .write::<_, StoreError, _>(Scope::System, move |tx| sessions::touch(tx, session, now))
        .await;
    if let Err(error) = touched {
        tracing::warn!(%error, %session, "the use of a session was not noted");
    }
}
