//! Opens a session for who knows the password.

use tertulia_domain::email;
use tertulia_domain::user::Role;
use tertulia_store::{Scope, users};

use super::prove::wrong;
use super::{Browser, SignedIn, open, prove};
use crate::{Access, Ctx, Engine, Result, secret};

/// What a person enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// The second factor, or a recovery code.
    pub code: Option<String>,
}

/// Signs in, to the oldest account that the person may enter.
pub async fn sign_in(engine: &Engine, browser: Browser, command: SignIn) -> Result<SignedIn> {
    let email = email::normalize(&command.email).unwrap_or_default();
    engine.gate.sign_in(&email, &browser.ip)?;
    let code = command.code.as_deref().filter(|code| !code.trim().is_empty());
    let proof = prove(engine, &email, command.password, code).await?;
    let user = proof.person.user_id;
    let accounts = engine
        .store
        .read::<_, crate::Error, _>(Scope::System, move |tx| Ok(users::accounts_of(tx, user)?))
        .await?;
    // Somebody who was let go is nobody.
    let (account, role): (_, Role) = accounts.into_iter().next().ok_or_else(wrong)?;
    let ctx = Ctx::new(account.id, Access::User { id: user, role }, proof.person.name.clone());
    let token = secret::random(engine.entropy.as_ref());
    let hash = secret::hash(&token);
    engine
        .commit(&ctx, move |change| {
            proof.spend(change.tx)?;
            open(change, user, &browser, &hash)
        })
        .await?;
    let me = super::me(engine, &ctx).await?;
    Ok(SignedIn { token, me })
}
