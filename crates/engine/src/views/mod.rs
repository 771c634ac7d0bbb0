//! The one JSON shape of each thing: REST answers, real-time events and webhooks all carry these.

mod access;
mod account;
mod app;
mod contact;
mod conversation;
mod event;
mod inbox;
mod library;
mod message;
mod people;
mod visitor;
mod webhook;

pub use access::{
    BrowserSessionView, InvitationOfferView, InvitationView, PasswordResetView, RecoveryCodesView,
    TokenView, TotpBegunView,
};
pub use account::{AccountBrief, AccountView, MeView, MembershipView};
pub use app::{AppEndpointView, AppPlaceView, AppView};
pub(crate) use contact::avatar_url;
pub use contact::{ContactBrief, ContactView, IdentityView};
pub use conversation::{
    ControlView, ConversationView, HolderView, LastMessageView, OriginView, SessionView, TeamBrief,
};
pub use event::{ActorView, EventView, staff_event, visitor_event};
pub use inbox::{CapabilitiesView, HealthView, InboxSecretsView, InboxSettingsView, InboxView};
pub use library::{AttributeDefinitionView, CannedResponseView, SavedFilterView};
pub use message::{AttachmentView, DeliveryView, MessageView, QuoteView, SenderView};
pub use people::{LabelView, TeamView, UserBrief, UserView};
pub use visitor::{VisitorView, WidgetConversationView, WidgetMessageView};
pub use webhook::{WebhookDeliveryView, WebhookSecretView, WebhookView};
