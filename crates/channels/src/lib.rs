//! Channels: one port, one folder per provider. Bytes in, values out; values in, requests out.
//!
//! Everything but [`send`] and [`fetch()`] is pure. A provider folder knows no other provider, no conversation and no
//! storage: `engine` decides what an [`Inbound`] means and when an [`Outgoing`] goes.

mod api;
mod call;
mod fetch;
mod inbound;
mod outgoing;
mod port;
pub mod telegram;
mod widget;

pub use call::{Call, CallBody, Files, Form, FormFile};
pub use fetch::{FetchError, FileStep, fetch};
pub use inbound::{
    Inbound, InboundContact, InboundDelete, InboundEdit, InboundFile, InboundMessage, InboundMove,
    InboundReach, InboundReaction, InboundReceipt, InboundTap, InboundTyping, Item, UnreadableBody,
    UnreadableItem,
};
pub use outgoing::{
    Amended, Delivered, Errand, Outgoing, OutgoingAmendment, OutgoingFile, SendError,
};
pub use port::{Capabilities, Channel, Dispatch, Pace, Refused, Request, of, send};
