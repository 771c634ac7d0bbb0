//! Proves a person by password and, where there is one, second factor.

use tertulia_domain::email;
use tertulia_domain::user::Credential;
use tertulia_store::{Scope, WriteTx, credentials};

use crate::totp::{Factor, read_factor, spend_factor};
use crate::{Engine, Error, Result, passwords};

/// A person who gave the right password, and the factor to spend in the transaction that lets them in.
#[derive(Debug, Clone)]
pub(crate) struct Proof {
    pub(crate) person: Credential,
    factor: Option<Factor>,
}

/// Checks e-mail address, password and code. Unknown people cost the same work and get the same answer.
pub(crate) async fn prove(
    engine: &Engine,
    email: &str,
    password: String,
    code: Option<&str>,
) -> Result<Proof> {
    let wanted = email::normalize(email).unwrap_or_default();
    let found = engine
        .store
        .read::<_, Error, _>(Scope::System, move |tx| Ok(credentials::by_email(tx, &wanted)?))
        .await?;
    let hash = found.as_ref().and_then(|person| person.password_hash.clone());
    let matches = passwords::verify(engine, password, hash).await?;
    let person = found.filter(|_| matches).ok_or_else(wrong)?;
    let factor = match (person.totp_enabled, code) {
        (false, _) => None,
        (true, None) => return Err(code_missing()),
        (true, Some(code)) => Some(read_factor(&person, code, engine.clock.now())?),
    };
    Ok(Proof { person, factor })
}

impl Proof {
    /// Spends the code, so that it works once.
    pub(crate) fn spend(&self, tx: &mut WriteTx<'_>) -> Result<()> {
        match &self.factor {
            Some(factor) => spend_factor(tx, self.person.user_id, factor),
            None => Ok(()),
        }
    }
}

/// The one answer to everything that is wrong, so that nobody learns which addresses exist.
pub(super) fn wrong() -> Error {
    let detail = "The e-mail address or the password is wrong.".to_owned();
    Error::Unauthenticated { code: "credentials_invalid", detail }
}

fn code_missing() -> Error {
    let detail = "Enter the code of your authenticator, or a recovery code.".to_owned();
    Error::Unauthenticated { code: "totp_required", detail }
}
