//! A small provider of OpenID Connect: description, keys, and a token endpoint that checks PKCE and
//! says what the test wants to be said.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet,
    CoreJwsSigningAlgorithm,
};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey, StandardClaims, SubjectIdentifier,
};
use serde_json::{Value, json};
use tertulia_domain::Clock;
use tertulia_engine::{OidcProvider, Settings};
use tertulia_testkit::ManualClock;
use tokio::task::JoinSet;
use url::Url;

pub(crate) const CLIENT_ID: &str = "tertulia";
const CLIENT_SECRET: &str = "a secret between two";

/// What the provider will say about who comes with the code.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) subject: String,
    pub(crate) email: String,
    pub(crate) email_verified: bool,
    pub(crate) audience: String,
    pub(crate) nonce: String,
    pub(crate) challenge: String,
    pub(crate) issued_at: SystemTime,
}

/// A running provider; it ends with the test.
pub(crate) struct Provider {
    pub(crate) issuer: String,
    shared: Arc<Shared>,
    _tasks: JoinSet<()>,
}

struct Shared {
    issuer: String,
    codes: Mutex<HashMap<String, Word>>,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared { issuer: issuer.clone(), codes: Mutex::default() });
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&shared));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { issuer, shared, _tasks: tasks }
    }

    /// Settings of a server that trusts this provider.
    pub(crate) fn settings(&self, mut settings: Settings) -> Settings {
        let host = self.issuer.trim_start_matches("http://");
        settings.egress.exceptions.push(host.parse().unwrap());
        settings.oidc.push(OidcProvider {
            id: "works".to_owned(),
            name: "Works".to_owned(),
            issuer: self.issuer.clone(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
        });
        settings
    }

    /// An honest word about a person who was sent here by `url`.
    pub(crate) fn word(url: &str, clock: &ManualClock, email: &str) -> Word {
        let url = Url::parse(url).unwrap();
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["code_challenge_method"], "S256");
        let micros = u64::try_from(clock.now().micros()).unwrap();
        Word {
            subject: format!("subject of {}", email.to_lowercase()),
            email: email.to_owned(),
            email_verified: true,
            audience: CLIENT_ID.to_owned(),
            nonce: query["nonce"].clone(),
            challenge: query["code_challenge"].clone(),
            issued_at: SystemTime::UNIX_EPOCH + Duration::from_micros(micros),
        }
    }

    /// The code that the browser takes back.
    pub(crate) fn code(&self, word: Word) -> String {
        let mut codes = self.shared.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), word);
        code
    }
}

async fn describe(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let issuer = &shared.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys() -> Json<CoreJsonWebKeySet> {
    Json(CoreJsonWebKeySet::new(vec![key().as_verification_key()]))
}

async fn token(State(shared): State<Arc<Shared>>, body: String) -> (StatusCode, Json<Value>) {
    let form: HashMap<String, String> =
        url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let refused = (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    let Some(word) = shared.codes.lock().unwrap().remove(&form["code"]) else { return refused };
    let verifier = PkceCodeVerifier::new(form["code_verifier"].clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    if challenge.as_str() != word.challenge {
        return refused;
    }
    let standard = StandardClaims::new(SubjectIdentifier::new(word.subject.clone()))
        .set_email(Some(EndUserEmail::new(word.email.clone())))
        .set_email_verified(Some(word.email_verified));
    let claims = CoreIdTokenClaims::new(
        IssuerUrl::new(shared.issuer.clone()).unwrap(),
        vec![Audience::new(word.audience.clone())],
        (word.issued_at + Duration::from_secs(300)).into(),
        word.issued_at.into(),
        standard,
        EmptyAdditionalClaims {},
    )
    .set_nonce(Some(Nonce::new(word.nonce.clone())));
    let signed =
        CoreIdToken::new(claims, &key(), CoreJwsSigningAlgorithm::EdDsa, None, None).unwrap();
    let body = json!({"access_token": "unused", "token_type": "Bearer", "id_token": signed});
    (StatusCode::OK, Json(body))
}

/// The provider's key, made from a fixed seed: nobody else uses it.
fn key() -> CoreEdDsaPrivateSigningKey {
    // The frame of PKCS #8 around a 32-byte Ed25519 seed (RFC 8410, section 7).
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([7; 32]);
    let body = STANDARD.encode(der);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    let id = JsonWebKeyId::new("one".to_owned());
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(id)).unwrap()
}
