//! Tickets: what opens one socket in the name of a session, where a cookie cannot be sent.

use std::time::Duration;

use tertulia_domain::user::OneTimePurpose;
use tertulia_store::Scope;
use tertulia_store::one_time::{self, Spent};

use super::authenticate_id;
use crate::{Ctx, Engine, Error, Result, secret};

/// How long a ticket can be used.
const TICKET_SECS: u64 = 30;

/// A ticket for the session that asks.
pub async fn issue_ticket(engine: &Engine, ctx: &Ctx) -> Result<String> {
    let (user, session) = ctx.browser()?;
    let ticket = secret::random(engine.entropy.as_ref());
    let hash = secret::hash(&ticket);
    let expires_at = engine.clock.now().plus(Duration::from_secs(TICKET_SECS));
    let whom = Spent { user_id: Some(user), session_id: Some(session) };
    engine
        .store
        .write::<_, Error, _>(Scope::System, move |tx| {
            one_time::create(tx, &hash, OneTimePurpose::StreamTicket, whom, expires_at)?;
            Ok(())
        })
        .await?;
    Ok(ticket)
}

/// Spends a ticket and answers for whom it was.
pub async fn redeem_ticket(engine: &Engine, ticket: &str) -> Result<Ctx> {
    let (hash, now) = (secret::hash(ticket), engine.clock.now());
    let spent = engine
        .store
        .write::<_, Error, _>(Scope::System, move |tx| {
            Ok(one_time::spend(tx, &hash, OneTimePurpose::StreamTicket, now)?)
        })
        .await?;
    match spent.and_then(|whom| whom.session_id) {
        Some(session) => authenticate_id(engine, session).await,
        None => {
            let detail = "The ticket was used, or is too old.".to_owned();
            Err(Error::Unauthenticated { code: "session_required", detail })
        }
    }
}
