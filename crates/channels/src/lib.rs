//! Channels: one port, one folder per provider. Bytes in, values out; values in, requests out.
//!
//! Everything but [`send`] and [`fetch()`] is pure. A provider folder knows no other provider, no conversation and no
//! storage: `engine` decides what an [`Inbound`] means and when an [`Outgoing`] goes.

mod api;
mod fetch;
mod inbound;
mod outgoing;
mod port;
mod widget;

pub use fetch::{FetchError, FileStep, fetch};
pub use inbound::{
    Inbound, InboundContact, InboundDelete, InboundEdit, InboundFile, InboundMessage,
    InboundReaction, InboundReceipt, InboundTyping, Item, UnreadableBody, UnreadableItem,
};
pub use outgoing::{Amended, Delivered, Outgoing, OutgoingAmendment, OutgoingFile, SendError};
pub use port::{Capabilities, Channel, Dispatch, Refused, Request, of, send};
