//! The one JSON shape of each thing: REST answers, real-time events and webhooks all carry these.

mod contact;
mod conversation;
mod event;
mod message;
mod people;

pub use contact::{ContactBrief, ContactView, IdentityView};
pub use conversation::{
    ControlView, ConversationView, HolderView, LastMessageView, SessionView, TeamBrief,
};
pub use event::{ActorView, EventView};
pub use message::{AttachmentView, DeliveryView, MessageView, QuoteView, SenderView};
pub use people::{LabelView, TeamView, UserBrief, UserView};
