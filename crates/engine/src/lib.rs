//! Every write use case of Tertulia: one function per verb, one transaction per call.
//!
//! A use case takes the [`Engine`], the [`Ctx`] of who asks, and a command; it answers a view.
//! **Invariant:** nothing here knows HTTP, sockets or a provider's wire format.

mod blobs;
mod change;
mod check;
mod ctx;
mod error;
mod gate;
mod passwords;
mod secret;
mod settings;

pub mod accounts;
pub mod apps;
pub mod attachments;
pub mod attribute_definitions;
pub mod canned_responses;
pub mod contacts;
pub mod control;
pub mod conversations;
pub mod drafts;
pub mod inbound;
pub mod inboxes;
pub mod invitations;
pub mod labels;
pub mod messages;
pub mod oidc;
pub mod outbound;
pub mod password_resets;
pub mod profile;
pub mod reads;
pub mod saved_filters;
pub mod search;
pub mod sessions;
pub mod setup;
pub mod stream_tokens;
pub mod teams;
pub mod tokens;
pub mod totp;
pub mod users;
pub mod views;
pub mod visitors;
pub mod webhooks;
pub mod work;

use std::sync::Arc;

use tertulia_domain::app::ContractKind;
use tertulia_domain::{Clock, Entropy};
use tertulia_net::HttpClient;
use tertulia_store::Store;

pub use blobs::{Blobs, S3, Trouble};
pub use change::{Change, Fact};
pub use ctx::{Access, Ctx, Idempotency};
pub use error::{Error, Result};
pub use gate::Gate;
pub use settings::{OidcProvider, Settings, SignInLimits, UploadLimits};
pub use visitors::VisitorLimits;

/// What every use case works with; cheap to clone.
#[derive(Clone)]
pub struct Engine {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub settings: Arc<Settings>,
    /// The only way out of the house.
    pub http: HttpClient,
    /// Slows down guessing and bounds the work of password hashing.
    pub gate: Arc<Gate>,
    /// Slows down visitors who ask too much.
    pub visitor_limits: Arc<visitors::Limits>,
    /// Where the bytes of files are.
    pub blobs: Blobs,
    /// In whose words endpoints are told.
    pub contracts: webhooks::Contracts,
}

impl Engine {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        settings: Settings,
    ) -> Self {
        let gate = Arc::new(Gate::new(&settings, &clock));
        let visitor_limits = Arc::new(visitors::Limits::new(&settings.visitors, &clock));
        let blobs = Blobs::in_memory(settings.uploads.decoding_max);
        let http = HttpClient::new(settings.egress.clone());
        Self {
            store,
            clock,
            entropy,
            settings: Arc::new(settings),
            http,
            gate,
            visitor_limits,
            blobs,
            contracts: webhooks::Contracts::default(),
        }
    }

    /// Speaks one more contract to endpoints.
    #[must_use]
    pub fn with_contract(self, kind: ContractKind, contract: Arc<dyn webhooks::Contract>) -> Self {
        Self { contracts: self.contracts.with(kind, contract), ..self }
    }

    /// Keeps files somewhere that lasts; without this they are gone with the process.
    #[must_use]
    pub fn with_blobs(self, blobs: Blobs) -> Self {
        Self { blobs, ..self }
    }
}
