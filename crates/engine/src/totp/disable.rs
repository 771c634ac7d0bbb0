//! Takes the second factor away, for who knows the password.

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_store::{Scope, credentials};

use crate::sessions::end_others;
use crate::{Ctx, Engine, Error, Fact, Result, passwords};

/// Turns the second factor off and ends all other sessions.
pub async fn disable(engine: &Engine, ctx: &Ctx, password: String) -> Result<()> {
    let (user, session) = ctx.browser()?;
    engine.gate.confirm(&format!("user:{user}"))?;
    let found = engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| Ok(credentials::get(tx, user)?))
        .await?;
    let hash = found.and_then(|person| person.password_hash);
    if !passwords::verify(engine, password, hash).await? {
        let detail = "The password is wrong.".to_owned();
        return Err(Error::Unauthenticated { code: "credentials_invalid", detail });
    }
    engine
        .commit(&ctx.unrepeatable(), move |change| {
            credentials::disable_totp(change.tx, user)?;
            end_others(change, user, Some(session))?;
            let data = json!({"user_id": user});
            change.record(&Fact::new(EventKind::TotpDisabled, data).about(user.0))?;
            Ok(())
        })
        .await
}
