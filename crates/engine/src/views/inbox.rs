//! How an inbox is shown. Its secrets are a view of their own, for administrators.

use serde::{Deserialize, Serialize};
use tertulia_domain::inbox::{ApiSettings, Channel, Inbox, InboxSettings, WidgetSettings};
use tertulia_domain::{InboxId, Timestamp, UserId};
use utoipa::ToSchema;

/// An inbox with its members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Inbox)]
pub struct InboxView {
    pub id: InboxId,
    pub name: String,
    pub channel: Channel,
    pub enabled: bool,
    pub hook_token: String,
    pub member_ids: Vec<UserId>,
    /// How long after closing a customer's message reopens the conversation.
    pub reopen_window_secs: i64,
    pub greeting: String,
    pub settings: InboxSettingsView,
    pub created_at: Timestamp,
}

/// What only this kind of inbox has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = InboxSettings)]
pub enum InboxSettingsView {
    Widget(WidgetSettings),
    Api(ApiSettings),
}

/// The secrets of an inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InboxSecrets)]
pub struct InboxSecretsView {
    /// Signs what the inbox sends, and proves what it receives.
    pub secret: String,
    /// Proves who a visitor is: the key of the HMAC over the visitor's id.
    pub identity_secret: String,
}

impl InboxView {
    #[must_use]
    pub fn new(inbox: &Inbox, member_ids: Vec<UserId>) -> Self {
        Self {
            id: inbox.id,
            name: inbox.name.clone(),
            channel: inbox.channel,
            enabled: inbox.enabled,
            hook_token: inbox.hook_token.clone(),
            member_ids,
            reopen_window_secs: inbox.reopen_window_secs,
            greeting: inbox.greeting.clone(),
            settings: match &inbox.settings {
                InboxSettings::Widget(settings) => InboxSettingsView::Widget(settings.clone()),
                InboxSettings::Api(settings) => InboxSettingsView::Api(settings.clone()),
            },
            created_at: inbox.created_at,
        }
    }
}
