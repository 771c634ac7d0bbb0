//! Random secrets and what is stored of them: the SHA-256 of the text, never the text.
//!
//! They have 256 random bits, so a plain hash cannot be searched; passwords are another matter.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use tertulia_domain::Entropy;

/// Random bytes in a secret.
const SECRET_BYTES: usize = 32;

/// A new secret that goes into addresses and headers as it is: 43 characters.
pub(crate) fn random(entropy: &dyn Entropy) -> String {
    URL_SAFE_NO_PAD.encode(bytes(entropy))
}

/// The same in hexadecimal, for secrets that people copy by a double click: 64 characters.
pub(crate) fn random_hex(entropy: &dyn Entropy) -> String {
    hex(&bytes(entropy))
}

/// A new secret that signs, in the form of the Standard Webhooks specification (24 to 64 bytes).
pub(crate) fn signing(entropy: &dyn Entropy) -> String {
    format!("whsec_{}", STANDARD.encode(bytes(entropy)))
}

/// What is stored of a secret: lookups compare this, so timing tells nothing about the secret.
pub(crate) fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(entropy: &dyn Entropy) -> [u8; SECRET_BYTES] {
    let mut bytes = [0; SECRET_BYTES];
    entropy.fill(&mut bytes);
    bytes
}
