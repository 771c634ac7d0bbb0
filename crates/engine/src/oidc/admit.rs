//! Who may come in on a provider's word, inside the transaction that opens the session.

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, Timestamp, UserId};
use tertulia_store::credentials::NewUser;
use tertulia_store::{WriteTx, accounts, credentials, invitations, oidc, users};

use super::provider::Claims;
use super::refused;
use crate::sessions::{Browser, open};
use crate::users::join;
use crate::{Access, Change, Ctx, Error, Fact, Result};

/// Finds or makes the person, and opens a session.
pub(super) fn admit(
    tx: &mut WriteTx<'_>,
    claims: &Claims,
    link_to: Option<UserId>,
    browser: &Browser,
    session_hash: &str,
    now: Timestamp,
) -> Result<Ctx> {
    let (user, is_new_link) = match (oidc::user(tx, &claims.issuer, &claims.subject)?, link_to) {
        (Some(known), None) => (known, false),
        (Some(known), Some(user)) if known == user => (known, false),
        (Some(_), Some(_)) => {
            return Err(refused("The provider knows this person as somebody else here."));
        }
        (None, Some(user)) => (user, true),
        (None, None) => (recognise(tx, claims, now)?, true),
    };
    let (account, role) = first_account(tx, user)?;
    let person = users::get(tx, account, user)?.ok_or(Error::NotFound("person"))?;
    let ctx = Ctx::new(account, Access::User { id: user, role }, person.name);
    let mut change = Change::new(tx, &ctx, now);
    if is_new_link {
        oidc::link(change.tx, &claims.issuer, &claims.subject, user)?;
        let data = json!({"user_id": user, "issuer": claims.issuer});
        change.record(&Fact::new(EventKind::IdentityLinked, data).about(user.0))?;
    }
    open(&mut change, user, browser, session_hash)?;
    Ok(ctx)
}

fn first_account(tx: &mut WriteTx<'_>, user: UserId) -> Result<(AccountId, Role)> {
    let first = users::accounts_of(tx, user)?.into_iter().next();
    let (account, role) = first.ok_or_else(|| refused("This person may not come in."))?;
    Ok((account.id, role))
}

/// The person with the verified address: one who is here, or one who was invited.
fn recognise(tx: &mut WriteTx<'_>, claims: &Claims, now: Timestamp) -> Result<UserId> {
    let unverified = || refused("The provider has not verified an e-mail address.");
    let email = claims.email.as_deref().ok_or_else(unverified)?;
    let Some(person) = credentials::by_email(tx, email)? else {
        return invited(tx, email, claims.name.as_deref(), now);
    };
    let roles = users::accounts_of(tx, person.user_id)?;
    let leads = roles.iter().any(|(_, role)| *role == Role::Administrator);
    if leads || person.totp_enabled {
        // Who controls a mailbox must not become an administrator by it, nor pass by a second factor.
        return Err(refused("Sign in with the password first, then link the provider."));
    }
    Ok(person.user_id)
}

/// Takes up the invitations of the address, except those of administrators.
fn invited(
    tx: &mut WriteTx<'_>,
    email: &str,
    name: Option<&str>,
    now: Timestamp,
) -> Result<UserId> {
    let mut open = invitations::for_email(tx, email, now)?;
    open.retain(|(_, invitation)| invitation.role != Role::Administrator);
    let Some((first, _)) = open.first() else {
        return Err(refused("Nobody here has this e-mail address; ask for an invitation."));
    };
    let locale = accounts::get(tx, *first)?.ok_or(Error::NotFound("account"))?.locale;
    let local_part = email.split('@').next().unwrap_or_default();
    let name: String =
        name.unwrap_or(local_part).chars().filter(|c| !c.is_control()).take(100).collect();
    let person = NewUser { email, name: &name, locale: &locale, password_hash: None, now };
    let taken = || refused("Somebody took this e-mail address a moment ago; try again.");
    let user = credentials::create(tx, &person)?.ok_or_else(taken)?;
    for (account, invitation) in open {
        let access = Access::User { id: user, role: invitation.role };
        let ctx = Ctx::new(account, access, name.clone());
        if invitations::accept(tx, account, invitation.id, now)? {
            let mut change = Change::new(tx, &ctx, now);
            join(&mut change, user, invitation.role)?;
            let data = json!({"id": invitation.id, "user_id": user});
            let fact = Fact::new(EventKind::InvitationAccepted, data).about(invitation.id.0);
            change.record(&fact)?;
        }
    }
    Ok(user)
}
