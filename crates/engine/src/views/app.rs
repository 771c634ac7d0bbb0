//! How apps are shown.

use serde::{Deserialize, Serialize};
use tertulia_domain::access::Permission;
use tertulia_domain::app::{App, AppRole, ContractKind};
use tertulia_domain::webhook::Webhook;
use tertulia_domain::{AppId, InboxId, Timestamp};
use utoipa::ToSchema;

/// An app that is installed in the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = App)]
pub struct AppView {
    pub id: AppId,
    pub name: String,
    pub description: String,
    pub contract: ContractKind,
    pub scopes: Vec<Permission>,
    pub enabled: bool,
    /// Whether people are asked when it does not answer a customer.
    pub hands_over_on_failure: bool,
    pub inboxes: Vec<AppPlaceView>,
    /// Where it is told what happens.
    pub endpoint: Option<AppEndpointView>,
    /// Only in the answer that made it.
    pub token: Option<String>,
    /// Signs what its endpoint gets; only in the answer that made it.
    pub secret: Option<String>,
    pub created_at: Timestamp,
}

/// An inbox that an app works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AppPlace)]
pub struct AppPlaceView {
    pub inbox_id: InboxId,
    pub role: AppRole,
}

/// The endpoint of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AppEndpoint)]
pub struct AppEndpointView {
    pub url: String,
    /// How long it may take to acknowledge an event.
    pub ack_secs: i64,
    /// False when it answered 410, or failed for five days; saving the app switches it on again.
    pub enabled: bool,
    /// Since when every attempt has failed.
    pub failing_since: Option<Timestamp>,
    pub last_failure_at: Option<Timestamp>,
}

impl AppView {
    /// The app with its endpoint, without secrets.
    #[must_use]
    pub fn new(app: &App, endpoint: Option<&Webhook>) -> Self {
        let place = |place: &tertulia_domain::app::AppPlace| AppPlaceView {
            inbox_id: place.inbox_id,
            role: place.role,
        };
        Self {
            id: app.id,
            name: app.name.clone(),
            description: app.description.clone(),
            contract: app.contract,
            scopes: app.scopes.clone(),
            enabled: app.enabled,
            hands_over_on_failure: app.hands_over_on_failure,
            inboxes: app.places.iter().map(place).collect(),
            endpoint: endpoint.map(AppEndpointView::from),
            token: None,
            secret: None,
            created_at: app.created_at,
        }
    }
}

impl From<&Webhook> for AppEndpointView {
    fn from(endpoint: &Webhook) -> Self {
        Self {
            url: endpoint.url.clone(),
            ack_secs: endpoint.ack_secs,
            enabled: endpoint.enabled,
            failing_since: endpoint.failing_since,
            last_failure_at: endpoint.last_failure_at,
        }
    }
}
