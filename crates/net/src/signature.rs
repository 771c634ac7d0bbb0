//! Signatures of webhooks, ours and other people's, by the Standard Webhooks specification.
//!
//! HMAC-SHA256 over `id.timestamp.body`, written `v1,<base64>`; several may stand side by side.
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::HeaderMap;
use sha2::Sha256;

/// Names the message; the same in every attempt.
pub const ID_HEADER: &str = "webhook-id";
/// Unix seconds of the attempt.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
/// One or more signatures, separated by spaces.
pub const SIGNATURE_HEADER: &str = "webhook-signature";
/// How far the sender's clock may be off, either way.
pub const TOLERANCE_SECS: i64 = 300;

/// Why a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    #[error("a header of the signature is missing or malformed: {0}")]
    Header(&'static str),
    #[error("the timestamp is more than {TOLERANCE_SECS} s away from now")]
    Timestamp,
    #[error("no signature fits")]
    Mismatch,
}

/// Signs a body: the value of [`SIGNATURE_HEADER`].
#[must_use]
pub fn sign(secret: &str, id: &str, timestamp_secs: i64, body: &[u8]) -> String {
    format!("v1,{}", STANDARD.encode(mac(secret, id, timestamp_secs, body).finalize().into_bytes()))
}

/// Checks the signature of a received body. Anything missing or odd is a refusal.
pub fn verify(
    secret: &str,
    headers: &HeaderMap,
    body: &[u8],
    now_secs: i64,
) -> Result<(), BadSignature> {
    let id = header(headers, ID_HEADER)?;
    let timestamp = header(headers, TIMESTAMP_HEADER)?;
    let signatures = header(headers, SIGNATURE_HEADER)?;
    let timestamp_secs: i64 =
        timestamp.parse().map_err(|_| BadSignature::Header(TIMESTAMP_HEADER))?;
    if now_secs.abs_diff(timestamp_secs) > TOLERANCE_SECS.unsigned_abs() {
        return Err(BadSignature::Timestamp);
    }
    let expected = mac(secret, id, timestamp_secs, body);
    let fits = |signature: &str| {
        let given = signature.strip_prefix("v1,").and_then(|text| STANDARD.decode(text).ok());
        // Compares in constant time.
        given.is_some_and(|given| expected.clone().verify_slice(&given).is_ok())
    };
    if signatures.split(' ').any(fits) { Ok(()) } else { Err(BadSignature::Mismatch) }
}

fn header<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, BadSignature> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.filter(|text| !text.is_empty()).ok_or(BadSignature::Header(name))
}

fn mac(secret: &str, id: &str, timestamp_secs: i64, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = keyed(&key(secret));
    mac.update(format!("{id}.{timestamp_secs}.").as_bytes());
    mac.update(body);
    mac
}

/// The key behind `whsec_`; a secret of another form is its own key.
fn key(secret: &str) -> Vec<u8> {
    let decoded = secret.strip_prefix("whsec_").and_then(|text| STANDARD.decode(text).ok());
    decoded.unwrap_or_else(|| secret.as_bytes().to_vec())
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT_SECS: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn headers(id: &str, timestamp: &str, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ID_HEADER, id.parse().unwrap());
        headers.insert(TIMESTAMP_HEADER, timestamp.parse().unwrap());
        headers.insert(SIGNATURE_HEADER, signature.parse().unwrap());
        headers
    }

    #[track_caller]
    fn check(headers: &HeaderMap, body: &[u8], now_secs: i64, expected: Result<(), BadSignature>) {
        assert_eq!(verify(SECRET, headers, body, now_secs), expected);
    }

    #[test]
    fn the_published_example_is_signed_and_accepted() {
        assert_eq!(sign(SECRET, ID, AT_SECS, BODY), SIGNATURE);
        let good = headers(ID, "1614265330", SIGNATURE);
        check(&good, BODY, AT_SECS, Ok(()));
        let among_others = format!("v2,abc v1,AAAA {SIGNATURE}");
        check(&headers(ID, "1614265330", &among_others), BODY, AT_SECS, Ok(()));
    }

    #[test]
    fn anything_else_is_refused() {
        let good = headers(ID, "1614265330", SIGNATURE);
        check(&good, br#"{"test":2432232314}"#, AT_SECS, Err(BadSignature::Mismatch));
        check(
            &headers("other", "1614265330", SIGNATURE),
            BODY,
            AT_SECS,
            Err(BadSignature::Mismatch),
        );
        check(&headers(ID, "1614265331", SIGNATURE), BODY, AT_SECS, Err(BadSignature::Mismatch));
        let truncated = SIGNATURE.get(..20).unwrap();
        check(&headers(ID, "1614265330", truncated), BODY, AT_SECS, Err(BadSignature::Mismatch));
        for off in [-TOLERANCE_SECS - 1, TOLERANCE_SECS + 1] {
            check(&good, BODY, AT_SECS + off, Err(BadSignature::Timestamp));
        }
        check(&HeaderMap::new(), BODY, AT_SECS, Err(BadSignature::Header(ID_HEADER)));
        let wordy = headers(ID, "yesterday", SIGNATURE);
        check(&wordy, BODY, AT_SECS, Err(BadSignature::Header(TIMESTAMP_HEADER)));
    }
}
