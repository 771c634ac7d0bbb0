//! A new secret for an authenticator, not in force before it is confirmed.

use tertulia_store::credentials;
use totp_rs::Secret;

use super::factor::authenticator;
use crate::views::TotpBegunView;
use crate::{Ctx, Engine, Error, Result};

/// Random bytes of a secret: the size of the hash, as RFC 4226 asks.
const SECRET_BYTES: usize = 20;

/// Makes a secret; one that was made before and not confirmed is gone.
pub async fn begin(engine: &Engine, ctx: &Ctx) -> Result<TotpBegunView> {
    let (user, _) = ctx.browser()?;
    let mut bytes = [0; SECRET_BYTES];
    engine.entropy.fill(&mut bytes);
    let secret = Secret::from(bytes.as_slice()).to_base32();
    engine
        .commit(&ctx.unrepeatable(), move |change| {
            let found = credentials::get(change.tx, user)?;
            let person = found.ok_or(Error::NotFound("person"))?;
            if !credentials::begin_totp(change.tx, user, &secret)? {
                let detail = "The second factor is on; turn it off first.".to_owned();
                return Err(Error::Conflict { code: "conflict", detail });
            }
            let totp = authenticator(&secret, &person.email)?;
            let otpauth_url = totp
                .to_url()
                .map_err(|e| Error::Internal(format!("the address of a second factor: {e}")))?;
            Ok(TotpBegunView { secret: secret.clone(), otpauth_url })
        })
        .await
}
