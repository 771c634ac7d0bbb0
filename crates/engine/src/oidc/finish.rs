//! Takes a browser back from the provider, and in.

use tertulia_store::{Scope, oidc};

use super::admit::admit;
use super::{find, provider, refused};
use crate::sessions::{Browser, SignedIn, me};
use crate::{Engine, Error, Result, secret};

/// What the browser brings back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    pub provider: String,
    pub code: String,
    pub state: String,
}

/// Signs in who the provider vouches for. A state works once.
pub async fn finish(engine: &Engine, browser: Browser, command: Finish) -> Result<SignedIn> {
    engine.gate.one_time(&browser.ip)?;
    let provider = find(engine, &command.provider)?;
    let (hash, now) = (secret::hash(&command.state), engine.clock.now());
    let taken = engine
        .store
        .write::<_, Error, _>(Scope::System, move |tx| Ok(oidc::take(tx, &hash, now)?))
        .await?;
    let login = taken.filter(|login| login.provider == command.provider);
    let login = login.ok_or_else(|| refused("This sign-in was finished, or took too long."))?;
    let client = Box::pin(provider::connect(engine, provider)).await?;
    let claims = Box::pin(provider::claims(engine, &client, command.code, &login)).await?;
    let token = secret::random(engine.entropy.as_ref());
    let session_hash = secret::hash(&token);
    let ctx = engine
        .store
        .write(Scope::System, move |tx| {
            admit(tx, &claims, login.link_to, &browser, &session_hash, now)
        })
        .await?;
    let me = me(engine, &ctx).await?;
    Ok(SignedIn { token, me })
}
