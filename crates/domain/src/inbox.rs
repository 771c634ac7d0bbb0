//! An inbox is one configured connection of a channel.

use serde::{Deserialize, Serialize};

use crate::closed::closed_enum;
use crate::{InboxId, Timestamp};

closed_enum! {
    /// A kind of provider.
    Channel {
        /// The chat widget of a website.
        Widget = "widget",
        /// Bring your own channel: REST in, signed webhook out.
        Api = "api",
        /// A Telegram bot.
        Telegram = "telegram",
    }
}

/// One configured connection. `secret` signs and verifies the provider's side of it,
/// `identity_secret` proves who a visitor is.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    pub id: InboxId,
    pub name: String,
    pub channel: Channel,
    pub enabled: bool,
    pub hook_token: String,
    pub secret: String,
    pub identity_secret: String,
    /// What the provider gave us to speak with it, on channels that have such a thing.
    pub provider_token: Option<ProviderToken>,
    pub reopen_window_secs: i64,
    pub greeting: String,
    pub settings: InboxSettings,
    /// How the connection to the provider is; `None` where there is nothing to check.
    pub health: Option<Health>,
    pub created_at: Timestamp,
}

/// A secret of the provider. It is shown nowhere: not in views, not in logs, not in errors.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ProviderToken(String);

impl ProviderToken {
    #[must_use]
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The secret itself, to put it into a request.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Whatever is written down of it is nothing.
impl Serialize for ProviderToken {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl std::fmt::Debug for ProviderToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProviderToken(…)")
    }
}

closed_enum! {
    /// Whether an inbox works.
    HealthState {
        /// It was not tried yet.
        Connecting = "connecting",
        Ok = "ok",
        /// Messages may be late; it mends itself, or somebody has to look.
        Degraded = "degraded",
        /// The provider does not know us any more: somebody has to connect it anew.
        Refused = "refused",
    }
}

/// How the connection to a provider is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub state: HealthState,
    /// Why it is not well, for people.
    pub detail: Option<String>,
    pub checked_at: Timestamp,
}

/// What only this kind of inbox has.
#[derive(Debug, Clone, PartialEq)]
pub enum InboxSettings {
    Widget(WidgetSettings),
    Api(ApiSettings),
    Telegram(TelegramSettings),
}

/// How a website's widget looks and behaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WidgetSettings {
    /// Public key of the snippet; made by the server, never changed by a client.
    pub key: String,
    pub title: String,
    pub subtitle: String,
    /// `#rrggbb`.
    pub color: String,
    pub position: Side,
    /// Origins that may embed the widget, as `https://example.com`; empty means any.
    pub allowed_origins: Vec<String>,
    /// A language code, or `auto` for the visitor's.
    pub locale: String,
    pub pre_chat: Vec<FormField>,
    /// Refuse visitors whose identity is not proven.
    pub enforce_identity: bool,
    pub attachments_enabled: bool,
    pub emoji_enabled: bool,
}

closed_enum! {
    /// Side of the page.
    Side {
        Left = "left",
        Right = "right",
    }
}

closed_enum! {
    /// Kind of a form's field.
    FieldKind {
        Text = "text",
        Email = "email",
        Phone = "phone",
        Select = "select",
        Checkbox = "checkbox",
    }
}

/// One field of a pre-chat form or of a form message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    pub key: String,
    pub label: String,
    pub kind: FieldKind,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub options: Vec<String>,
}

/// Where messages of a bring-your-own channel go.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ApiSettings {
    pub webhook_url: Option<String>,
}

closed_enum! {
    /// How updates of a bot come in.
    TelegramMode {
        /// Telegram calls us.
        Webhook = "webhook",
        /// We ask Telegram.
        Polling = "polling",
    }
}

/// A bot that is connected.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TelegramSettings {
    /// Where the Bot API is; made when the inbox was, and changed only together with the token.
    pub base_url: String,
    /// The number of the bot, as text, because browsers do not keep 64 bits.
    pub bot_id: String,
    pub username: String,
    pub bot_name: String,
    /// Address of the bot's picture on this server.
    pub avatar_url: Option<String>,
    pub mode: Option<TelegramMode>,
    /// Commands that Telegram offers when somebody types a slash.
    pub commands: Vec<BotCommand>,
    /// What an empty chat with the bot shows.
    pub description: String,
    /// What the profile of the bot shows.
    pub short_description: String,
}

/// A command of a bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BotCommand {
    /// Without the slash.
    pub command: String,
    pub description: String,
}

impl Default for WidgetSettings {
    fn default() -> Self {
        Self {
            key: String::new(),
            title: String::new(),
            subtitle: String::new(),
            color: "#3b5bdb".to_owned(),
            position: Side::Right,
            allowed_origins: Vec::new(),
            locale: "auto".to_owned(),
            pre_chat: Vec::new(),
            enforce_identity: false,
            attachments_enabled: true,
            emoji_enabled: true,
        }
    }
}
