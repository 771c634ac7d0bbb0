//! The widget: our own stream is the channel, so there is no hook, and delivery needs no call.
//!
//! Visitors come in by `/widget/v1`, which knows who they are before a message is read.

use tertulia_domain::Timestamp;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Inbox;
use tertulia_net::Response;

use crate::fetch::{FetchError, FileStep};
use crate::inbound::{Item, UnreadableBody};
use crate::outgoing::{Delivered, Outgoing, OutgoingAmendment, SendError};
use crate::port::{Capabilities, Channel, Dispatch, Refused, Request};

/// Files of one message.
const ATTACHMENTS_MAX: usize = 10;

pub(crate) struct Widget;

impl Channel for Widget {
    fn verify(&self, _: Request<'_>, _: &str, _: Timestamp) -> Result<(), Refused> {
        Err(Refused { reason: "a widget has no hook".to_owned() })
    }

    fn parse(&self, _: &[u8]) -> Result<Vec<Item>, UnreadableBody> {
        Err(UnreadableBody { reason: "a widget has no hook".to_owned() })
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            streams: true,
            edits: true,
            reactions: true,
            attachments_max: ATTACHMENTS_MAX,
        }
    }

    fn carries(&self, content: &Content) -> bool {
        match content {
            Content::Text { .. }
            | Content::Image { .. }
            | Content::File { .. }
            | Content::Audio { .. }
            | Content::Video { .. }
            | Content::Sticker { .. }
            | Content::Location { .. }
            | Content::Contact { .. }
            | Content::Buttons { .. }
            | Content::Cards { .. }
            | Content::Form { .. } => true,
            Content::Reply { .. }
            | Content::Template { .. }
            | Content::Email { .. }
            | Content::Unsupported { .. }
            | Content::Activity { .. } => false,
        }
    }

    fn render(&self, _: &Inbox, _: &Outgoing<'_>, _: Timestamp) -> Result<Dispatch, SendError> {
        Ok(Dispatch::Stream)
    }

    fn render_amendment(
        &self,
        _: &Inbox,
        _: &OutgoingAmendment<'_>,
        _: Timestamp,
    ) -> Result<Dispatch, SendError> {
        Ok(Dispatch::Stream)
    }

    fn locate(&self, _: &Inbox, _: &str, _: Option<&Response>) -> Result<FileStep, FetchError> {
        Err(FetchError::refused("no_files", "a widget names no files"))
    }

    fn read_answer(&self, _: &Response, _: Timestamp) -> Result<Delivered, SendError> {
        Ok(Delivered::default())
    }
}
