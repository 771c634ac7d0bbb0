//! From an event of the journal to the names of Chatwoot's events.

use serde_json::Value;
use tertulia_domain::content::Content;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::Visibility;
use tertulia_domain::status::Status;
use tertulia_domain::webhook::{EventFilter, Webhook};
use tertulia_engine::views::MessageView;
use tertulia_store::events::Event;

/// One of Chatwoot's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    MessageCreated,
    MessageUpdated,
    ConversationCreated,
    ConversationOpened,
    ConversationResolved,
    ConversationStatusChanged,
    ConversationUpdated,
    WebwidgetTriggered,
    ContactCreated,
    ContactUpdated,
    InboxCreated,
    InboxUpdated,
}

impl Name {
    /// Every name.
    pub(crate) const ALL: &'static [Name] = &[
        Name::MessageCreated,
        Name::MessageUpdated,
        Name::ConversationCreated,
        Name::ConversationOpened,
        Name::ConversationResolved,
        Name::ConversationStatusChanged,
        Name::ConversationUpdated,
        Name::WebwidgetTriggered,
        Name::ContactCreated,
        Name::ContactUpdated,
        Name::InboxCreated,
        Name::InboxUpdated,
    ];

    /// The name on the wire.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Name::MessageCreated => "message_created",
            Name::MessageUpdated => "message_updated",
            Name::ConversationCreated => "conversation_created",
            Name::ConversationOpened => "conversation_opened",
            Name::ConversationResolved => "conversation_resolved",
            Name::ConversationStatusChanged => "conversation_status_changed",
            Name::ConversationUpdated => "conversation_updated",
            Name::WebwidgetTriggered => "webwidget_triggered",
            Name::ContactCreated => "contact_created",
            Name::ContactUpdated => "contact_updated",
            Name::InboxCreated => "inbox_created",
            Name::InboxUpdated => "inbox_updated",
        }
    }

    /// The inverse of [`Name::as_str`].
    pub(crate) fn from_str(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.as_str() == text)
    }

    /// Whether agent bots are told; [`Name::is_for_webhooks`] says it of everybody else.
    fn is_for_bots(self) -> bool {
        match self {
            Name::MessageCreated
            | Name::MessageUpdated
            | Name::ConversationOpened
            | Name::ConversationResolved
            | Name::ConversationStatusChanged
            | Name::ConversationUpdated
            | Name::WebwidgetTriggered => true,
            Name::ConversationCreated
            | Name::ContactCreated
            | Name::ContactUpdated
            | Name::InboxCreated
            | Name::InboxUpdated => false,
        }
    }

    /// Whether webhooks of an account can subscribe to it.
    pub(crate) fn is_for_webhooks(self) -> bool {
        !matches!(self, Name::ConversationOpened | Name::ConversationResolved)
    }
}

/// The events that an endpoint is told of what happened, in their order.
pub(super) fn names(webhook: &Webhook, event: &Event) -> Vec<Name> {
    let wanted = |name: &Name| match (webhook.app_id, &webhook.filter) {
        (Some(_), _) => name.is_for_bots(),
        (None, EventFilter::Names(names)) => {
            name.is_for_webhooks() && names.iter().any(|wanted| wanted == name.as_str())
        }
        (None, EventFilter::All | EventFilter::Kinds(_)) => name.is_for_webhooks(),
    };
    happened(event).into_iter().filter(wanted).collect()
}

fn happened(event: &Event) -> Vec<Name> {
    match event.kind {
        EventKind::MessageCreated => created(event),
        EventKind::MessageUpdated => match message(event) {
            Some(message) if message.visibility == Visibility::Activity => Vec::new(),
            // An answer is told once: bots act on each update that has one.
            Some(message) if matches!(message.content, Content::Reply { .. }) => Vec::new(),
            Some(_) => vec![Name::MessageUpdated],
            None => Vec::new(),
        },
        EventKind::ConversationCreated => vec![Name::ConversationCreated],
        EventKind::ConversationUpdated => updated(event),
        EventKind::WidgetOpened => vec![Name::WebwidgetTriggered],
        EventKind::ContactCreated => vec![Name::ContactCreated],
        EventKind::ContactUpdated => vec![Name::ContactUpdated],
        EventKind::InboxCreated => vec![Name::InboxCreated],
        EventKind::InboxUpdated => vec![Name::InboxUpdated],
        _ => Vec::new(),
    }
}

/// A tap or a filled form is, where the customer sees our widget, the message that asked with an answer;
/// on a messenger it is a message of its own. Which of the two is decided when it is delivered.
fn created(event: &Event) -> Vec<Name> {
    match message(event) {
        None => Vec::new(),
        Some(message) if message.visibility == Visibility::Activity => Vec::new(),
        Some(message) => match message.content {
            Content::Reply { .. } => vec![Name::MessageUpdated, Name::MessageCreated],
            _ => vec![Name::MessageCreated],
        },
    }
}

/// A change of the status is told by its name, then as a change of the status, then as a change. What
/// changed nothing that anybody asks for is no news.
fn updated(event: &Event) -> Vec<Name> {
    let data: Value = event.data.read().unwrap_or_default();
    if data.get("changed").is_none() {
        return Vec::new();
    }
    let status = data.pointer("/changed/status/to").and_then(Value::as_str);
    let named = match status.and_then(|status| status.parse().ok()) {
        Some(Status::Open) => Some(Name::ConversationOpened),
        Some(Status::Resolved) => Some(Name::ConversationResolved),
        Some(Status::Pending | Status::Snoozed) | None => None,
    };
    let changed = status.map(|_| Name::ConversationStatusChanged);
    named.into_iter().chain(changed).chain([Name::ConversationUpdated]).collect()
}

/// The message of an event about one.
pub(super) fn message(event: &Event) -> Option<MessageView> {
    let mut data: Value = event.data.read().ok()?;
    serde_json::from_value(data.get_mut("message")?.take()).ok()
}
