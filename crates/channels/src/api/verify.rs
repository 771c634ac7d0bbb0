//! Who may post to the hook: whoever holds the inbox's secret, as a bearer token or by a signature.

use subtle::ConstantTimeEq;
use tertulia_domain::Timestamp;
use tertulia_net::signature;

use crate::port::{Refused, Request};

const AUTHORIZATION: &str = "authorization";

/// A request with signature headers is judged by these alone: a wrong one is not saved by a token.
pub(super) fn verify(request: Request<'_>, secret: &str, now: Timestamp) -> Result<(), Refused> {
    let refused = |reason: &str| Err(Refused { reason: reason.to_owned() });
    if secret.is_empty() {
        return refused("the inbox has no secret");
    }
    if request.headers.contains_key(signature::SIGNATURE_HEADER) {
        return signature::verify(secret, request.headers, request.body, now.secs())
            .map_err(|e| Refused { reason: e.to_string() });
    }
    let Some(value) = request.headers.get(AUTHORIZATION) else {
        return refused("neither a signature nor a bearer token");
    };
    let Some(token) = value.as_bytes().strip_prefix(b"Bearer ") else {
        return refused("not a bearer token");
    };
    if bool::from(token.ct_eq(secret.as_bytes())) {
        Ok(())
    } else {
        refused("the bearer token is not the inbox's secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tertulia_net::{HeaderMap, HeaderName};

    const SECRET: &str = "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

    fn check(headers: &[(&str, &str)], body: &[u8], secret: &str, expected: bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        let request = Request { headers: &map, body };
        let verified = verify(request, secret, NOW);
        assert_eq!(verified.is_ok(), expected, "{headers:?}: {verified:?}");
    }

    #[test]
    fn the_secret_opens_the_hook_and_nothing_like_it_does() {
        check(&[("authorization", &format!("Bearer {SECRET}"))], b"{}", SECRET, true);
        for value in ["Bearer ", "Bearer whsec_", "bearer x", SECRET, "Basic YTpi"] {
            check(&[("authorization", value)], b"{}", SECRET, false);
        }
        check(&[], b"{}", SECRET, false);
        check(&[("authorization", "Bearer ")], b"{}", "", false);
    }

    #[test]
    fn rows_28_and_29_a_missing_truncated_or_foreign_signature_is_refused() {
        let at = NOW.secs().to_string();
        let signed = signature::sign(SECRET, "m", NOW.secs(), b"{}");
        let with = |signature: &str, body: &[u8], expected| {
            let headers =
                [("webhook-id", "m"), ("webhook-timestamp", &at), ("webhook-signature", signature)];
            check(&headers, body, SECRET, expected);
        };
        with(&signed, b"{}", true);
        with(&signed, b"{ }", false);
        with(signed.trim_end_matches('='), b"{}", false);
        with("v1,", b"{}", false);
        with(&signature::sign("another secret", "m", NOW.secs(), b"{}"), b"{}", false);
    }

    #[test]
    fn a_wrong_signature_is_not_saved_by_the_bearer_token() {
        let bearer = format!("Bearer {SECRET}");
        let headers = [("authorization", bearer.as_str()), ("webhook-signature", "v1,AAAA")];
        check(&headers, b"{}", SECRET, false);
    }
}
