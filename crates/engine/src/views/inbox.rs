//! How an inbox is shown. Its secrets are a view of their own, for administrators.

use serde::{Deserialize, Serialize};
use tertulia_channels as channels;
use tertulia_domain::inbox::{
    ApiSettings, Channel, Health, HealthState, Inbox, InboxSettings, TelegramSettings,
    WidgetSettings,
};
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
    pub capabilities: CapabilitiesView,
    /// How the connection to the provider is; null where there is nothing to check.
    pub health: Option<HealthView>,
    pub created_at: Timestamp,
}

/// What the inbox's channel can carry to the customer, so that nobody is offered what would be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Capabilities)]
pub struct CapabilitiesView {
    /// A message that has gone out can be changed or taken back.
    pub edits: bool,
    /// The customer sees reactions of people.
    pub reactions: bool,
    /// Files of one message.
    pub attachments_max: usize,
}

/// How the connection to a provider is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InboxHealth)]
pub struct HealthView {
    pub state: HealthState,
    /// Why it is not well.
    pub detail: Option<String>,
    pub checked_at: Timestamp,
}

impl From<&Health> for HealthView {
    fn from(health: &Health) -> Self {
        let (detail, checked_at) = (health.detail.clone(), health.checked_at);
        Self { state: health.state, detail, checked_at }
    }
}

/// What only this kind of inbox has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = InboxSettings)]
pub enum InboxSettingsView {
    Widget(WidgetSettings),
    Api(ApiSettings),
    Telegram(TelegramSettings),
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
                InboxSettings::Telegram(settings) => InboxSettingsView::Telegram(settings.clone()),
            },
            capabilities: CapabilitiesView::of(inbox.channel),
            health: inbox.health.as_ref().map(HealthView::from),
            created_at: inbox.created_at,
        }
    }
}

impl CapabilitiesView {
    fn of(channel: Channel) -> Self {
        let can = channels::of(channel).capabilities();
        Self { edits: can.edits, reactions: can.reactions, attachments_max: can.attachments_max }
    }
}
