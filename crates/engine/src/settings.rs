//! What the operator decides once, for all accounts; read by `server` from its configuration.

use std::time::Duration;

use tertulia_net::Egress;
use url::Url;

use crate::visitors::VisitorLimits;

/// Settings of the engine.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where browsers reach this server; links in invitations and resets begin with it.
    pub public_url: Url,
    pub sign_in: SignInLimits,
    pub visitors: VisitorLimits,
    /// Requests of one user or token in a minute; 0 means no limit.
    pub requests_per_principal_per_minute_max: u32,
    pub uploads: UploadLimits,
    /// Where webhooks and other calls may go.
    pub egress: Egress,
    /// Where the Bot API of Telegram is, for inboxes that are made from now on.
    pub telegram_url: String,
    /// Where people may sign in from, besides e-mail and password.
    pub oidc: Vec<OidcProvider>,
}

/// What may be uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadLimits {
    /// One file.
    pub bytes_max: usize,
    /// Width times height of a picture, known before it is decoded.
    pub pixels_max: u64,
    /// Longer side of the small picture that stands for the large one.
    pub thumbnail_px_max: u32,
    /// Pictures that are decoded at the same time; each takes four bytes per pixel.
    pub decoding_max: usize,
    /// How long a file may wait for its message.
    pub loose_secs: u64,
}

/// How often somebody may try to sign in, to use a one-time link, or to reset a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLimits {
    /// Tries for one e-mail address in `window_secs`.
    pub tries_per_email_max: u32,
    /// Tries from one network address in `window_secs`; an office shares one address.
    pub tries_per_ip_max: u32,
    /// One-time links (set-up, invitation, reset) tried from one network address in `window_secs`.
    pub one_time_tries_per_ip_max: u32,
    pub window_secs: u64,
    /// Passwords that are hashed at the same time; each takes 19 MiB.
    pub hashing_max: usize,
}

/// A provider of OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcProvider {
    /// Short name in addresses: lower-case letters, digits and dashes.
    pub id: String,
    /// What the button says.
    pub name: String,
    /// Address of the issuer, where `/.well-known/openid-configuration` lives.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
}

impl SignInLimits {
    /// The time in which all tries come back.
    #[must_use]
    pub fn window(&self) -> Duration {
        Duration::from_secs(self.window_secs)
    }
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self {
            tries_per_email_max: 10,
            tries_per_ip_max: 100,
            one_time_tries_per_ip_max: 30,
            window_secs: 900,
            hashing_max: 4,
        }
    }
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self {
            bytes_max: 26_214_400,
            pixels_max: 40_000_000,
            thumbnail_px_max: 640,
            decoding_max: 2,
            loose_secs: 86_400,
        }
    }
}

impl Settings {
    /// The defaults, for a server that is reached at `public_url`.
    #[must_use]
    pub fn new(public_url: Url) -> Self {
        Self {
            public_url,
            sign_in: SignInLimits::default(),
            visitors: VisitorLimits::default(),
            requests_per_principal_per_minute_max: 6_000,
            uploads: UploadLimits::default(),
            egress: Egress::default(),
            telegram_url: tertulia_channels::telegram::BASE_URL.to_owned(),
            oidc: Vec::new(),
        }
    }

    /// An address on this server. `path` begins with a slash.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}
