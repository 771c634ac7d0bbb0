//! A new password, for who knows the present one. All other sessions end.

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_store::{Scope, credentials};

use crate::sessions::end_others;
use crate::{Ctx, Engine, Error, Fact, Result, passwords};

/// The present password and the one to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
}

/// Changes the password of the person who asks.
pub async fn change_password(engine: &Engine, ctx: &Ctx, command: ChangePassword) -> Result<()> {
    let (user, session) = ctx.browser()?;
    engine.gate.confirm(&format!("user:{user}"))?;
    let found = engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| Ok(credentials::get(tx, user)?))
        .await?;
    let person = found.ok_or(Error::NotFound("person"))?;
    passwords::check("/new", &command.new, &person.email)?;
    if !passwords::verify(engine, command.current, person.password_hash).await? {
        return Err(Error::invalid("/current", "is not the present password"));
    }
    let hash = passwords::hash(engine, command.new).await?;
    engine
        .commit(&ctx.unrepeatable(), move |change| {
            credentials::set_password(change.tx, user, &hash)?;
            end_others(change, user, Some(session))?;
            let data = json!({"user_id": user});
            change.record(&Fact::new(EventKind::PasswordChanged, data).about(user.0))?;
            Ok(())
        })
        .await
}
