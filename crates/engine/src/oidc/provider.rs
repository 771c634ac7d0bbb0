//! Talks to a provider, through the one guarded client, with the engine's clock.

use std::time::{Duration, SystemTime};

use openidconnect::core::{CoreClient, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, PkceCodeVerifier, RedirectUrl, TokenResponse,
};
use tertulia_net::{HttpClient, Request};
use tertulia_store::oidc::Login;

use super::refused;
use crate::{Engine, Error, OidcProvider, Result};

/// A client of a provider whose endpoints are known.
pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What a provider says about a person, after everything about the saying was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) issuer: String,
    pub(super) subject: String,
    /// Normalised, and only when the provider says that it is verified.
    pub(super) email: Option<String>,
    pub(super) name: Option<String>,
}

/// Asks the provider where its endpoints and keys are.
pub(super) async fn connect(engine: &Engine, provider: &OidcProvider) -> Result<Client> {
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|e| misconfigured(&e))?;
    let back = engine.settings.link(&format!("/v1/oidc/{}/callback", provider.id));
    let back = RedirectUrl::new(back).map_err(|e| misconfigured(&e))?;
    let http = |request| call(engine.http.clone(), request);
    let metadata = CoreProviderMetadata::discover_async(issuer, &http)
        .await
        .map_err(|e| upstream("its description cannot be read", &e))?;
    let secret = ClientSecret::new(provider.client_secret.clone());
    let id = ClientId::new(provider.client_id.clone());
    Ok(CoreClient::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(back))
}

/// Trades a code for what the provider says about the person.
pub(super) async fn claims(
    engine: &Engine,
    client: &Client,
    code: String,
    login: &Login,
) -> Result<Claims> {
    let http = |request| call(engine.http.clone(), request);
    let answer = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|e| misconfigured(&e))?
        .set_pkce_verifier(PkceCodeVerifier::new(login.verifier.clone()))
        .request_async(&http)
        .await
        .map_err(|e| upstream("it did not take the code", &e))?;
    let now = u64::try_from(engine.clock.now().micros()).unwrap_or(0);
    let now = SystemTime::UNIX_EPOCH + Duration::from_micros(now);
    let verifier = client.id_token_verifier().set_time_fn(move || now.into());
    let token = answer.id_token().ok_or_else(|| refused("The provider sent no identity."))?;
    let claims = token.claims(&verifier, &Nonce::new(login.nonce.clone())).map_err(|error| {
        tracing::warn!(provider = login.provider, %error, "an identity was refused");
        refused("The provider's identity cannot be trusted.")
    })?;
    let is_verified = claims.email_verified() == Some(true);
    let email = claims.email().filter(|_| is_verified);
    let name = claims.name().and_then(|name| name.get(None));
    Ok(Claims {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        email: email.and_then(|email| tertulia_domain::email::normalize(email)),
        name: name.map(|name| name.to_string()),
    })
}

async fn call(http: HttpClient, request: HttpRequest) -> Result<HttpResponse, tertulia_net::Error> {
    let (parts, body) = request.into_parts();
    let outgoing = Request::new(parts.method, &parts.uri.to_string())?;
    let answer = http.send(outgoing.headers(parts.headers).body(body)).await?;
    let mut response = HttpResponse::new(answer.body.to_vec());
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}

fn misconfigured(error: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("the settings of a provider: {error}"))
}

fn upstream(what: &str, error: &dyn std::error::Error) -> Error {
    tracing::warn!(%error, "a provider of OpenID Connect failed: {what}");
    Error::Upstream { detail: format!("the provider failed: {what}") }
}
