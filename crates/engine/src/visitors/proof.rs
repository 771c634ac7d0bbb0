//! The website's word for who its user is: hex HMAC-SHA256 of the id with the inbox's identity secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Profile;
use crate::{Error, Result};

/// Longest id of a website's user, in bytes.
const ID_BYTES_MAX: usize = 255;

/// A website's user, with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    pub id: String,
    pub hash: String,
    pub profile: Profile,
}

impl Proof {
    /// Refuses an id that is no id, and a hash that does not prove it.
    pub(super) fn check(&self, identity_secret: &str) -> Result<()> {
        let is_id = (1..=ID_BYTES_MAX).contains(&self.id.len())
            && self.id.trim() == self.id
            && !self.id.chars().any(char::is_control);
        if !is_id {
            let detail = format!("takes 1 to {ID_BYTES_MAX} bytes without control characters");
            return Err(Error::invalid("/id", detail));
        }
        if proves(identity_secret, &self.id, &self.hash) {
            return Ok(());
        }
        let detail = "The hash does not prove this id; see the inbox's identity secret.".to_owned();
        Err(Error::Unauthenticated { code: "identity_invalid", detail })
    }

    /// The identity's address in the inbox.
    pub(super) fn address(&self) -> String {
        format!("user:{}", self.id)
    }
}

/// Compares in constant time: how long it takes says nothing about the right hash.
fn proves(secret: &str, id: &str, hash: &str) -> bool {
    let Some(given) = decode(hash) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(id.as_bytes());
    mac.verify_slice(&given).is_ok()
}

fn decode(hash: &str) -> Option<Vec<u8>> {
    if hash.len() != 64 || !hash.is_ascii() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = hash.as_bytes().chunks_exact(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.last()?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf customer-7 | openssl dgst -sha256 -hmac s3cret`
    const HASH: &str = "8387205340763861ef04b5111fb6b64e0a08145af1c6029910c31562c45fa3b1";

    #[test]
    fn the_hash_of_the_documented_examples_proves_the_id() {
        assert!(proves("s3cret", "customer-7", HASH));
        assert!(proves("s3cret", "customer-7", &HASH.to_uppercase()));
    }

    #[test]
    fn anything_else_proves_nothing() {
        assert!(!proves("other", "customer-7", HASH));
        assert!(!proves("s3cret", "customer-8", HASH));
        let truncated = HASH.get(..62).unwrap();
        for hash in ["", "0", "0e1", "null", truncated, &format!("{truncated}zz"), &"0".repeat(64)]
        {
            assert!(!proves("s3cret", "customer-7", hash), "{hash}");
        }
    }

    #[test]
    fn ids_are_bounded_and_plain() {
        for id in ["", " ", " 7", "a\0b", "a\nb", &"x".repeat(256)] {
            let proof =
                Proof { id: id.to_owned(), hash: HASH.to_owned(), profile: Profile::default() };
            assert!(matches!(proof.check("s3cret"), Err(Error::Invalid { .. })), "{id:?}");
        }
    }
}
