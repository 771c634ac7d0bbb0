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
use tokio::task::JoinSet;
use url::Url;

/// The name by which the provider knows whom it vouches to.
pub const CLIENT_ID: &str = "tertulia";
/// The secret that goes with it.
pub const CLIENT_SECRET: &str = "a secret between two";

/// What the provider will say about who comes with the code.
#[derive(Debug, Clone)]
pub struct Word {
    pub subject: String,
    pub email: String,
    pub email_verified: bool,
    pub audience: String,
    pub nonce: String,
    pub challenge: String,
    pub issued_at: SystemTime,
}

/// A running provider; it ends with the test.
pub struct Provider {
    pub issuer: String,
    shared: Arc<Shared>,
    _tasks: JoinSet<()>,
}

struct Shared {
    issuer: String,
    codes: Mutex<HashMap<String, Word>>,
}

impl Provider {
    /// Listens on a free port of the loopback.
    pub async fn start() -> Self {
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

    /// An honest word about a person who was sent here by `url`.
    #[must_use]
    pub fn word(url: &str, now: SystemTime, email: &str) -> Word {
        let url = Url::parse(url).unwrap();
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["code_challenge_method"], "S256");
        Word {
            subject: format!("subject of {}", email.to_lowercase()),
            email: email.to_owned(),
            email_verified: true,
            audience: CLIENT_ID.to_owned(),
            nonce: query["nonce"].clone(),
            challenge: query["code_challenge"].clone(),
            issued_at: now,
        }
    }

    /// Where it listens, as `address:port`.
    #[must_use]
    pub fn host(&self) -> &str {
        self.issuer.trim_start_matches("http://")
    }

    /// The code that the browser takes back.
    #[must_use]
    pub fn code(&self, word: Word) -> String {
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
