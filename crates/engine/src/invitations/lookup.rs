//! What an invitation offers, for who has its link.

use tertulia_store::{Scope, accounts, credentials, invitations};

use super::refused;
use crate::views::InvitationOfferView;
use crate::{Engine, Error, Result, secret};

/// The offer behind a link's secret.
pub async fn lookup(engine: &Engine, ip: &str, token: &str) -> Result<InvitationOfferView> {
    engine.gate.one_time(ip)?;
    let (hash, now) = (secret::hash(token), engine.clock.now());
    engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| {
            let found = invitations::by_hash(tx, &hash, now)?;
            let (account, invitation) = found.ok_or_else(refused)?;
            let account = accounts::get(tx, account)?.ok_or_else(refused)?;
            let person = credentials::by_email(tx, &invitation.email)?;
            Ok(InvitationOfferView {
                account_name: account.name,
                has_password: person.is_some_and(|person| person.password_hash.is_some()),
                email: invitation.email,
                role: invitation.role,
                expires_at: invitation.expires_at,
            })
        })
        .await
}
