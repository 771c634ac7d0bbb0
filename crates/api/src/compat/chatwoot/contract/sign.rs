//! The headers of a delivery: its id, the moment, and the signature over moment and body.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use tertulia_domain::Timestamp;
use tertulia_domain::webhook::{Webhook, WebhookDelivery};

const DELIVERY: &str = "x-chatwoot-delivery";
const TIMESTAMP: &str = "x-chatwoot-timestamp";
const SIGNATURE: &str = "x-chatwoot-signature";

pub(super) fn headers(
    webhook: &Webhook,
    delivery: &WebhookDelivery,
    body: &[u8],
    now: Timestamp,
) -> Vec<(&'static str, String)> {
    let secs = now.secs();
    let mut headers = vec![
        ("accept", "application/json".to_owned()),
        (DELIVERY, delivery_id(delivery)),
        (TIMESTAMP, secs.to_string()),
    ];
    let signed = signature(&webhook.secret, secs, body);
    headers.extend(signed.map(|signature| (SIGNATURE, signature)));
    headers
}

/// The same for every attempt of a delivery, in the form of a UUID.
fn delivery_id(delivery: &WebhookDelivery) -> String {
    let of = format!("{}:{}:{}", delivery.webhook_id, delivery.event_id, delivery.name);
    let hex = hex(&Sha256::digest(of));
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().to_owned();
    // Version 8: made by a rule of one's own.
    let (third, fourth) = (part(13, 16), part(17, 20));
    format!("{}-{}-8{third}-8{fourth}-{}", part(0, 8), part(8, 12), part(20, 32))
}

/// `sha256=` and the HMAC over `<seconds>.<body>`, in hexadecimal.
fn signature(secret: &str, secs: i64, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(format!("{secs}.").as_bytes());
    mac.update(body);
    Some(format!("sha256={}", hex(&mac.finalize().into_bytes())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_signed_together_with_the_moment() {
        // Computed with `printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac key`.
        let expected = "sha256=a438e398bfafc57e4396bb7fc2304422f0f768e965d073ca313cb52e22e6ad03";
        assert_eq!(signature("key", 1_700_000_000, br#"{"a":1}"#).as_deref(), Some(expected));
    }
}
