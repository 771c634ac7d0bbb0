//! Takes an invitation up: a new person chooses a password, one who is here already proves theirs.
//!
//! The link alone never signs in somebody who exists: who invites sees the link too.

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::Invitation;
use tertulia_domain::{AccountId, UserId};
use tertulia_store::credentials::{self, NewUser};
use tertulia_store::{Scope, accounts, invitations};

use super::refused;
use crate::sessions::{Browser, Proof, SignedIn, me, open, prove};
use crate::users::join;
use crate::{Access, Change, Ctx, Engine, Error, Fact, Result, check, passwords, secret};

/// What the invited person enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept {
    pub token: String,
    pub name: String,
    pub password: String,
    /// The second factor of somebody who has one already.
    pub code: Option<String>,
}

/// Who accepts.
enum Guest {
    /// Somebody new, with the hash of the chosen password.
    New { name: String, locale: String, password_hash: String },
    /// Somebody who is here already.
    Known(Box<Proof>),
}

/// Joins the account and signs in.
pub async fn accept(engine: &Engine, browser: Browser, command: Accept) -> Result<SignedIn> {
    engine.gate.one_time(&browser.ip)?;
    let (hash, now) = (secret::hash(&command.token), engine.clock.now());
    let (account, invitation, locale, known) = engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| {
            let found = invitations::by_hash(tx, &hash, now)?;
            let (account, invitation) = found.ok_or_else(refused)?;
            let locale = accounts::get(tx, account)?.ok_or_else(refused)?.locale;
            let known = credentials::by_email(tx, &invitation.email)?.is_some();
            Ok((account, invitation, locale, known))
        })
        .await?;
    let guest = if known {
        engine.gate.sign_in(&invitation.email, &browser.ip)?;
        let code = command.code.as_deref();
        let proof = prove(engine, &invitation.email, command.password, code).await?;
        Guest::Known(Box::new(proof))
    } else {
        let name = check::name("/name", &command.name)?;
        passwords::check("/password", &command.password, &invitation.email)?;
        let password_hash = passwords::hash(engine, command.password).await?;
        Guest::New { name, locale, password_hash }
    };
    enter(engine, browser, account, invitation, guest).await
}

async fn enter(
    engine: &Engine,
    browser: Browser,
    account: AccountId,
    invitation: Invitation,
    guest: Guest,
) -> Result<SignedIn> {
    let token = secret::random(engine.entropy.as_ref());
    let (hash, now) = (secret::hash(&token), engine.clock.now());
    let ctx = engine
        .store
        .write(Scope::Account(account), move |tx| {
            if !invitations::accept(tx, account, invitation.id, now)? {
                return Err(refused());
            }
            let system = Ctx::system(account);
            let (user, name) =
                admit(&mut Change::new(tx, &system, now), &invitation.email, &guest)?;
            let access = Access::User { id: user, role: invitation.role };
            let ctx = Ctx::new(account, access, name);
            let mut change = Change::new(tx, &ctx, now);
            join(&mut change, user, invitation.role)?;
            let data = json!({"id": invitation.id, "user_id": user});
            let fact = Fact::new(EventKind::InvitationAccepted, data).about(invitation.id.0);
            change.record(&fact)?;
            open(&mut change, user, &browser, &hash)?;
            Ok::<_, Error>(ctx)
        })
        .await?;
    let me = me(engine, &ctx).await?;
    Ok(SignedIn { token, me })
}

fn admit(change: &mut Change<'_, '_>, email: &str, guest: &Guest) -> Result<(UserId, String)> {
    match guest {
        Guest::Known(proof) => {
            proof.spend(change.tx)?;
            Ok((proof.person.user_id, proof.person.name.clone()))
        }
        Guest::New { name, locale, password_hash } => {
            let password_hash = Some(password_hash.as_str());
            let person = NewUser { email, name, locale, password_hash, now: change.now };
            // Somebody made the same person a moment ago: they have to prove it now.
            let user = credentials::create(change.tx, &person)?.ok_or_else(refused)?;
            Ok((user, name.clone()))
        }
    }
}
