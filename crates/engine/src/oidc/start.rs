//! Sends a browser to the provider.

use std::time::Duration;

use openidconnect::core::CoreResponseType;
use openidconnect::{
    AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope as OidcScope,
};
use tertulia_domain::UserId;
use tertulia_store::Scope;
use tertulia_store::oidc::{self, Login};

use super::{find, provider};
use crate::{Engine, Error, Result, secret};

/// How long a person may take at the provider.
const LOGIN_SECS: u64 = 10 * 60;

/// Where to go, and what the browser must bring back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    pub url: String,
    /// Kept by the browser that started: nobody else can finish.
    pub state: String,
}

/// Begins a sign-in. `link_to` is who is signed in already and wants to be known by the provider.
pub async fn start(engine: &Engine, provider_id: &str, link_to: Option<UserId>) -> Result<Started> {
    let provider = find(engine, provider_id)?;
    let client = Box::pin(provider::connect(engine, provider)).await?;
    let [state, nonce, verifier] = [(); 3].map(|()| secret::random(engine.entropy.as_ref()));
    let (csrf, once) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
    let pkce = PkceCodeVerifier::new(verifier.clone());
    let (url, ..) = client
        .authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            move || csrf.clone(),
            move || once.clone(),
        )
        .add_scope(OidcScope::new("email".to_owned()))
        .add_scope(OidcScope::new("profile".to_owned()))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&pkce))
        .url();
    let login = Login { provider: provider_id.to_owned(), nonce, verifier, link_to };
    let (hash, now) = (secret::hash(&state), engine.clock.now());
    engine
        .store
        .write::<_, Error, _>(Scope::System, move |tx| {
            oidc::purge(tx, now)?;
            oidc::begin(tx, &hash, &login, now.plus(Duration::from_secs(LOGIN_SECS)))?;
            Ok(())
        })
        .await?;
    Ok(Started { url: url.into(), state })
}
