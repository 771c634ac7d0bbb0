//! What a token looks like: `ttl_` (a person's) or `tta_` (an app's), 64 hexadecimal digits of secret, 8 of checksum.
//!
//! The prefix lets secret scanners find leaked tokens, the checksum tells a typing error from a guess.

use sha2::{Digest, Sha256};
use tertulia_domain::Entropy;

use crate::secret;

const PREFIX: &str = "ttl_";
const APP_PREFIX: &str = "tta_";
const SECRET_CHARS: usize = 64;
const CHECKSUM_BYTES: usize = 4;

/// A new token of a person.
pub(super) fn generate(entropy: &dyn Entropy) -> String {
    made(PREFIX, entropy)
}

/// A new token of an app.
pub(crate) fn generate_for_app(entropy: &dyn Entropy) -> String {
    made(APP_PREFIX, entropy)
}

/// Whether the text can only be an app's token.
pub(super) fn is_of_app(token: &str) -> bool {
    token.starts_with(APP_PREFIX)
}

fn made(prefix: &str, entropy: &dyn Entropy) -> String {
    let body = format!("{prefix}{}", secret::random_hex(entropy));
    let sum = checksum(&body);
    body + &sum
}

/// Whether the text can be a token that was made here.
pub(super) fn is_well_formed(token: &str) -> bool {
    let Some((body, sum)) = token.split_at_checked(PREFIX.len() + SECRET_CHARS) else {
        return false;
    };
    (body.starts_with(PREFIX) || body.starts_with(APP_PREFIX)) && checksum(body) == sum
}

fn checksum(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    secret::hex(digest.get(..CHECKSUM_BYTES).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0xA5);
        }
    }

    #[test]
    fn a_mistyped_token_is_recognised() {
        let token = generate(&Fixed);
        assert!(is_well_formed(&token), "{token}");
        for position in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[position] ^= 1;
            let wrong = String::from_utf8(bytes).unwrap();
            assert!(!is_well_formed(&wrong), "{wrong}");
        }
        assert!(is_well_formed(&generate_for_app(&Fixed)) && !is_of_app(&token));
        for wrong in [
            "",
            "ttl_",
            &token.replacen('t', "", 1),
            &format!("{token}0"),
            "ttl_é",
            &" ".repeat(76),
        ] {
            assert!(!is_well_formed(wrong), "{wrong:?}");
        }
    }
}
