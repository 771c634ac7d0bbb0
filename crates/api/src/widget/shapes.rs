//! What visitors send in more than one request.

use serde::Deserialize;
use serde_json::{Map, Value};
use tertulia_engine::visitors::{Page, Profile, Proof};
use utoipa::ToSchema;

/// A website's user, with the website's proof.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityProof {
    /// The website's own id of its user.
    id: String,
    /// Hexadecimal HMAC-SHA256 of `id` with the inbox's identity secret.
    hash: String,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    attributes: Option<Map<String, Value>>,
}

/// What is told about a visitor; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitorProfile {
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    attributes: Option<Map<String, Value>>,
}

/// The page that a visitor looks at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitedPage {
    url: Option<String>,
    title: Option<String>,
    referrer: Option<String>,
}

impl From<IdentityProof> for Proof {
    fn from(proof: IdentityProof) -> Self {
        let IdentityProof { id, hash, name, email, phone, attributes } = proof;
        Self { id, hash, profile: Profile { name, email, phone, attributes } }
    }
}

impl From<VisitorProfile> for Profile {
    fn from(profile: VisitorProfile) -> Self {
        let VisitorProfile { name, email, phone, attributes } = profile;
        Self { name, email, phone, attributes }
    }
}

impl From<VisitedPage> for Page {
    fn from(page: VisitedPage) -> Self {
        let VisitedPage { url, title, referrer } = page;
        Self { url, title, referrer }
    }
}
