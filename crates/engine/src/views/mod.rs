//! The one JSON shape of each thing: REST answers, real-time events and webhooks all carry these.

mod contact;
mod conversation;
mod event;
mod message;
mod people;
mod visitor;

pub use contact::{ContactBrief, ContactView, IdentityView};
pub use conversation::{
    ControlView, ConversationView, HolderView, LastMessageView, SessionView, TeamBrief,
};
pub use event::{ActorView, EventView, staff_event, visitor_event};
pub use message::{AttachmentView, DeliveryView, MessageView, QuoteView, SenderView};
pub use people::{LabelView, TeamView, UserBrief, UserView};
pub use visitor::{VisitorView, WidgetConversationView, WidgetMessageView};
