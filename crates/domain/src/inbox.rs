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
    pub reopen_window_secs: i64,
    pub greeting: String,
    pub settings: InboxSettings,
    pub created_at: Timestamp,
}

/// What only this kind of inbox has.
#[derive(Debug, Clone, PartialEq)]
pub enum InboxSettings {
    Widget(WidgetSettings),
    Api(ApiSettings),
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
