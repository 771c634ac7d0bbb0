//! Signing in by OpenID Connect: authorization code with state, nonce and PKCE.
//!
//! Who a provider vouches for must be known here already, or be invited: nobody gets in by having an
//! account somewhere else. Administrators, and who has a second factor, link while they are signed in.

mod admit;
mod finish;
mod provider;
mod start;

pub use finish::{Finish, finish};
pub use start::{Started, start};

use crate::{Engine, Error, OidcProvider, Result};

/// The provider with an id.
fn find<'e>(engine: &'e Engine, id: &str) -> Result<&'e OidcProvider> {
    let found = engine.settings.oidc.iter().find(|provider| provider.id == id);
    found.ok_or(Error::NotFound("provider"))
}

/// One answer to everything that a provider's word does not open.
fn refused(detail: &str) -> Error {
    Error::Unauthenticated { code: "credentials_invalid", detail: detail.to_owned() }
}
