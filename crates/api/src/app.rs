//! What every handler works with; cheap to clone.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::AccountId;
use tertulia_engine::Engine;
use tertulia_engine::views::{MeView, UserView};
use tertulia_live::Hub;
use url::Url;

/// The state of the router: one pointer, because every layer and extractor of a request has its own.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    pub engine: Engine,
    /// Real time: sockets, typing, presence.
    pub live: Hub,
    pub settings: Settings,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What the operator decides about the outside of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Only these peers may say on whose behalf they ask (`X-Forwarded-For`).
    pub trusted_proxies: Vec<IpAddr>,
    pub limits: Limits,
}

/// How much one request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A JSON body.
    pub json_bytes_max: usize,
    /// Any other body that is read whole, such as a CSV import.
    pub import_bytes_max: usize,
    /// How long a body may take, and what must come for every second more.
    pub body_within: Duration,
    pub body_bytes_per_sec_min: u64,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(engine: Engine, live: Hub, settings: Settings) -> Self {
        Self(Arc::new(Parts { engine, live, settings }))
    }

    /// A person with what only this moment knows of them.
    pub(crate) fn with_presence(&self, account: AccountId, user: UserView) -> UserView {
        UserView { presence: Some(self.live.presence(account, user.id)), ..user }
    }

    /// The same for the person who asks.
    pub(crate) fn with_my_presence(&self, me: MeView) -> MeView {
        MeView { user: self.with_presence(me.account.id, me.user), ..me }
    }

    /// Where browsers reach this server.
    pub(crate) fn public_url(&self) -> &Url {
        &self.engine.settings.public_url
    }

    /// Whether browsers reach it by TLS; the session cookie depends on it.
    pub(crate) fn is_secure(&self) -> bool {
        self.public_url().scheme() == "https"
    }
}
