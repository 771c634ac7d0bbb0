//! Passwords: argon2id on a blocking thread, at most a few at a time, and the same work for unknown people.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tertulia_domain::password::{self, PasswordProblem};

use crate::{Engine, Error, Result};

/// Memory of one hashing, in KiB: what OWASP asks for at least, with `PASSES` and `LANES`.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// What nobody's password hashes to; checked when there is no person, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Checks a password that somebody chooses.
pub(crate) fn check(pointer: &str, password: &str, email: &str) -> Result<()> {
    password::check(password, email).map_err(|problem| {
        let code = match problem {
            PasswordProblem::TooLong => "too_long",
            PasswordProblem::TooShort | PasswordProblem::IsEmail | PasswordProblem::Monotonous => {
                "invalid"
            }
        };
        let detail = format!("The password is {problem}.");
        Error::Invalid { code, pointer: pointer.to_owned(), detail }
    })
}

/// The hash to store.
pub(crate) async fn hash(engine: &Engine, password: String) -> Result<String> {
    let mut salt = [0; SALT_BYTES];
    engine.entropy.fill(&mut salt);
    blocking(engine, move || {
        let hashed = argon2()?.hash_password_with_salt(password.as_bytes(), &salt);
        hashed.map(|hash| hash.to_string()).map_err(|e| Error::Internal(format!("hashing: {e}")))
    })
    .await
}

/// Whether the password is the one behind `hash`; without a hash the work is the same.
pub(crate) async fn verify(
    engine: &Engine,
    password: String,
    hash: Option<String>,
) -> Result<bool> {
    if password.chars().count() > password::PASSWORD_CHARS_MAX {
        return Ok(false);
    }
    blocking(engine, move || {
        let stored = hash.as_deref().unwrap_or(NOBODY);
        let matches = argon2()?.verify_password(password.as_bytes(), stored).is_ok();
        Ok(matches && hash.is_some())
    })
    .await
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|e| Error::Internal(format!("parameters of argon2: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn blocking<T: Send + 'static>(
    engine: &Engine,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let place = engine.gate.hashing.acquire().await;
    let _place = place.map_err(|e| Error::Internal(format!("a place for hashing: {e}")))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Error::Internal(format!("hashing was cut off: {e}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nobody_takes_the_work_of_a_real_one() {
        let parsed = argon2::password_hash::phc::PasswordHash::new(NOBODY).unwrap();
        assert_eq!(parsed.params.to_string(), "m=19456,t=2,p=1");
        let real = argon2().unwrap().hash_password_with_salt(b"a password", &[7; 16]).unwrap();
        assert_eq!(real.params, parsed.params);
        assert_eq!((real.algorithm, real.version), (parsed.algorithm, parsed.version));
        assert_eq!(real.to_string().len(), NOBODY.len());
    }
}
