//! Takes the session into another account of the person, under a new secret.

use serde_json::json;
use tertulia_domain::AccountId;
use tertulia_domain::event::EventKind;
use tertulia_store::{Scope, sessions, users};

use super::SignedIn;
use crate::{Access, Change, Ctx, Engine, Error, Fact, Result, secret};

/// Switches; sockets that were opened in the other account close.
pub async fn switch_account(engine: &Engine, ctx: &Ctx, account: AccountId) -> Result<SignedIn> {
    let (user, session) = ctx.browser()?;
    let token = secret::random(engine.entropy.as_ref());
    let hash = secret::hash(&token);
    let (now, before) = (engine.clock.now(), ctx.clone());
    let entered = engine
        .store
        .write(Scope::System, move |tx| {
            let accounts = users::accounts_of(tx, user)?;
            let found = accounts.into_iter().find(|(it, _)| it.id == account);
            let (_, role) = found.ok_or(Error::NotFound("account"))?;
            sessions::switch(tx, session, account, &hash)?;
            let data = json!({"session_id": session, "user_id": user});
            Change::new(tx, &before, now)
                .record(&Fact::new(EventKind::SessionRevoked, data.clone()).about(session.0))?;
            let mut entered =
                Ctx::new(account, Access::User { id: user, role }, before.name.clone());
            entered.session = Some(session);
            Change::new(tx, &entered, now)
                .record(&Fact::new(EventKind::SessionCreated, data).about(session.0))?;
            Ok::<_, Error>(entered)
        })
        .await?;
    let me = super::me(engine, &entered).await?;
    Ok(SignedIn { token, me })
}
