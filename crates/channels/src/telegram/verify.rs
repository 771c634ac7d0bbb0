//! Who may post to the hook: whoever knows the secret that `setWebhook` was given.

use subtle::ConstantTimeEq;

use crate::port::{Refused, Request};

/// The header that Telegram sends the secret in.
pub(crate) const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Fails closed: without a secret of our own nobody may post.
pub(super) fn verify(request: Request<'_>, secret: &str) -> Result<(), Refused> {
    let refused = |reason: &str| Err(Refused { reason: reason.to_owned() });
    if secret.is_empty() {
        return refused("the inbox has no secret");
    }
    let mut given = request.headers.get_all(SECRET_HEADER).iter();
    let (Some(token), None) = (given.next(), given.next()) else {
        return refused("no secret token, or several");
    };
    if bool::from(token.as_bytes().ct_eq(secret.as_bytes())) {
        Ok(())
    } else {
        refused("the secret token is not the inbox's")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tertulia_net::HeaderMap;

    #[test]
    fn row_28_only_the_whole_secret_opens_the_hook() {
        let check = |given: &[&str], secret: &str, expected: bool| {
            let mut headers = HeaderMap::new();
            for value in given {
                headers.append(SECRET_HEADER, value.parse().unwrap());
            }
            let verified = verify(Request { headers: &headers, body: b"{}" }, secret);
            assert_eq!(verified.is_ok(), expected, "{given:?} against {secret:?}");
        };
        check(&["s3cret"], "s3cret", true);
        for wrong in ["", "s3cre", "s3cret ", "S3cret", "s3crets", "another"] {
            check(&[wrong], "s3cret", false);
        }
        check(&[], "s3cret", false);
        check(&["s3cret", "s3cret"], "s3cret", false);
        check(&[""], "", false);
        check(&[], "", false);
    }
}
