//! Spends a reset link: a new password, and every session of the person ends.

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::OneTimePurpose;
use tertulia_domain::{Timestamp, UserId};
use tertulia_store::{Scope, WriteTx, credentials, one_time, users};

use crate::sessions::end_others;
use crate::{Access, Change, Ctx, Engine, Error, Fact, Result, passwords, secret};

/// A link's secret and the new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept {
    pub token: String,
    pub password: String,
}

/// Changes the password. The second factor, if there is one, stays in force.
pub async fn accept(engine: &Engine, ip: &str, command: Accept) -> Result<()> {
    engine.gate.one_time(ip)?;
    let (link, now) = (secret::hash(&command.token), engine.clock.now());
    let wanted = link.clone();
    let person = engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| {
            let found = one_time::find(tx, &wanted, OneTimePurpose::PasswordReset, now)?;
            let user = found.and_then(|whom| whom.user_id).ok_or_else(refused)?;
            credentials::get(tx, user)?.ok_or_else(refused)
        })
        .await?;
    passwords::check("/password", &command.password, &person.email)?;
    let hash = passwords::hash(engine, command.password).await?;
    engine
        .store
        .write(Scope::System, move |tx| change(tx, person.user_id, &person.name, &link, &hash, now))
        .await
}

fn change(
    tx: &mut WriteTx<'_>,
    user: UserId,
    name: &str,
    link: &str,
    hash: &str,
    now: Timestamp,
) -> Result<()> {
    one_time::spend(tx, link, OneTimePurpose::PasswordReset, now)?.ok_or_else(refused)?;
    one_time::revoke(tx, OneTimePurpose::PasswordReset, Some(user), now)?;
    credentials::set_password(tx, user, hash)?;
    // Each account that the person works for has it in its journal.
    for (account, role) in users::accounts_of(tx, user)? {
        let ctx = Ctx::new(account.id, Access::User { id: user, role }, name.to_owned());
        let mut change = Change::new(tx, &ctx, now);
        end_others(&mut change, user, None)?;
        let data = json!({"user_id": user});
        change.record(&Fact::new(EventKind::PasswordChanged, data).about(user.0))?;
    }
    Ok(())
}

fn refused() -> Error {
    let detail = "The link was used, or is too old; ask for another one.".to_owned();
    Error::Unauthenticated { code: "token_invalid", detail }
}
