//! Stream tokens: they open a socket and nothing else.
//!
//! One is derived by HMAC from what is stored of another credential: a session, an API token, or the
//! identity of a customer on an API inbox. So nothing more is stored, the credential cannot be found
//! from it, and it is worth nothing as soon as the credential is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tertulia_domain::{AccountId, IdentityId, SessionId, TokenId, UserId};
use tertulia_store::{ReadTx, Scope, stream_tokens};

use crate::{Access, Ctx, Engine, Error, Result};

const PREFIX: &str = "str";
/// Longest text that is looked at.
const TOKEN_BYTES_MAX: usize = 128;

/// Whom a stream token lets listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// A signed-in person. `account` is where they were when the token was made.
    Session { account: AccountId, user: UserId, session: SessionId },
    /// A program that acts for a person.
    Token { account: AccountId, user: UserId, token: TokenId },
    /// A customer, known by its identity on an API inbox.
    Customer { account: AccountId, identity: IdentityId },
}

/// What a token is derived from, as its text names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Session(SessionId),
    Token(TokenId),
    Identity(IdentityId),
}

/// The stream token of who asks; `None` for those who have no socket of their own.
pub async fn issue(engine: &Engine, ctx: &Ctx) -> Result<Option<String>> {
    let origin = match (&ctx.access, ctx.session) {
        (Access::User { .. }, Some(session)) => Origin::Session(session),
        (Access::Token { id, .. }, _) => Origin::Token(*id),
        (Access::Visitor { identity, .. }, _) => Origin::Identity(*identity),
        (Access::User { .. } | Access::System | Access::App { .. } | Access::Channel { .. }, _) => {
            return Ok(None);
        }
    };
    let account = ctx.account_id;
    let found = engine.store.read(Scope::System, move |tx| key(tx, account, origin)).await?;
    Ok(found.map(|(_, key)| write(account, origin, &key)))
}

/// Whom a stream token stands for. One answer for every token that is not good.
pub async fn recognise(engine: &Engine, token: &str) -> Result<Listener> {
    let (account, origin, mac) = read(token).ok_or_else(unknown)?;
    let found = engine.store.look_up(Scope::System, move |tx| key(tx, account, origin)).await?;
    let (user, key) = found.ok_or_else(unknown)?;
    if !proves(account, origin, &key, &mac) {
        return Err(unknown());
    }
    Ok(match (origin, user) {
        (Origin::Session(session), Some(user)) => Listener::Session { account, user, session },
        (Origin::Token(token), Some(user)) => Listener::Token { account, user, token },
        (Origin::Identity(identity), _) => Listener::Customer { account, identity },
        (Origin::Session(_) | Origin::Token(_), None) => return Err(unknown()),
    })
}

fn key(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    origin: Origin,
) -> tertulia_store::Result<Option<(Option<UserId>, String)>> {
    let of_person = |found: Option<(UserId, String)>| found.map(|(user, key)| (Some(user), key));
    Ok(match origin {
        Origin::Session(session) => of_person(stream_tokens::of_session(tx, session)?),
        Origin::Token(token) => of_person(stream_tokens::of_token(tx, account, token)?),
        Origin::Identity(identity) => {
            stream_tokens::of_identity(tx, account, identity)?.map(|key| (None, key))
        }
    })
}

fn parts(account: AccountId, origin: Origin) -> String {
    let (kind, id) = match origin {
        Origin::Session(id) => ('s', id.0),
        Origin::Token(id) => ('t', id.0),
        Origin::Identity(id) => ('i', id.0),
    };
    format!("{PREFIX}_{kind}_{account}_{id}")
}

fn write(account: AccountId, origin: Origin, key: &str) -> String {
    let parts = parts(account, origin);
    let mac = mac(key, &parts).map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
    format!("{parts}_{}", mac.unwrap_or_default())
}

fn read(token: &str) -> Option<(AccountId, Origin, Vec<u8>)> {
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    // The last part may have underscores of its own.
    let mut parts = token.splitn(5, '_');
    let (prefix, kind) = (parts.next()?, parts.next()?);
    let (account, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let mac = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
    let origin = match kind {
        "s" => Origin::Session(SessionId(id)),
        "t" => Origin::Token(TokenId(id)),
        "i" => Origin::Identity(IdentityId(id)),
        _ => return None,
    };
    (prefix == PREFIX).then_some((AccountId(account), origin, mac))
}

/// Compares in constant time: how long it takes says nothing about the right token.
fn proves(account: AccountId, origin: Origin, key: &str, given: &[u8]) -> bool {
    mac(key, &parts(account, origin)).is_some_and(|mac| mac.verify_slice(given).is_ok())
}

fn mac(key: &str, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

fn unknown() -> Error {
    let detail = "The stream token is not known here.".to_owned();
    Error::Unauthenticated { code: "token_invalid", detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: AccountId = AccountId(3);

    #[test]
    fn a_token_names_its_origin_and_proves_it() {
        for origin in [
            Origin::Session(SessionId(7)),
            Origin::Token(TokenId(9)),
            Origin::Identity(IdentityId(11)),
        ] {
            let token = write(ACCOUNT, origin, "key");
            let (account, read, mac) = read(&token).unwrap();
            assert_eq!((account, read), (ACCOUNT, origin));
            assert!(proves(account, origin, "key", &mac));
            assert!(!proves(account, origin, "another key", &mac));
            assert!(!proves(AccountId(4), origin, "key", &mac), "of another account");
            assert!(!proves(account, origin, "key", &[]));
        }
        assert!(!write(ACCOUNT, Origin::Token(TokenId(9)), "key").contains("key"));
    }

    #[test]
    fn what_is_no_token_is_not_looked_up() {
        let long = format!("str_t_1_1_{}", "A".repeat(200));
        for text in
            ["", "str", "str_t_1", "str_x_1_1_AAAA", "str_t_a_1_AAAA", "ttl_t_1_1_AAAA", &long]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
