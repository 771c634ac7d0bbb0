//! Visitor tokens: 256 random bits with a prefix that secret scanners recognise.

use tertulia_domain::Entropy;

use crate::secret;

const PREFIX: &str = "vis_";
/// Characters behind the prefix.
const SECRET_CHARS: usize = 43;

pub(super) fn generate(entropy: &dyn Entropy) -> String {
    format!("{PREFIX}{}", secret::random(entropy))
}

/// What is stored of a token; `None` for a text that no token looks like.
#[must_use]
pub fn hash(token: &str) -> Option<String> {
    let secret = token.strip_prefix(PREFIX)?;
    let is_plain = secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (secret.len() == SECRET_CHARS && is_plain).then(|| secret::hash(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_a_token_is_looked_up() {
        let good = format!("vis_{}", "a".repeat(43));
        assert!(hash(&good).is_some());
        for bad in
            ["", "vis_", "ttl_x", "null", "0", good.trim_start_matches('v'), &format!("{good}a")]
        {
            assert_eq!(hash(bad), None, "{bad}");
        }
    }
}
