//! Bring your own channel: signed requests in, signed webhooks out.
//!
//! The shapes are those of `InboundEvent` in the API design and of the guide "Your own channel".

mod parse;
mod render;
mod verify;

use tertulia_domain::Timestamp;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Inbox;
use tertulia_net::{Response, Verdict};

use crate::fetch::{FetchError, FileStep};
use crate::inbound::{Item, UnreadableBody};
use crate::outgoing::{Delivered, Outgoing, OutgoingAmendment, SendError};
use crate::port::{Capabilities, Channel, Dispatch, Refused, Request};

/// Files of one message.
const ATTACHMENTS_MAX: usize = 10;
/// Characters of a refusal's body that are kept for people to read.
const DETAIL_CHARS_MAX: usize = 300;

pub(crate) struct Api;

impl Channel for Api {
    fn verify(&self, request: Request<'_>, secret: &str, now: Timestamp) -> Result<(), Refused> {
        verify::verify(request, secret, now)
    }

    fn parse(&self, body: &[u8]) -> Result<Vec<Item>, UnreadableBody> {
        parse::parse(body)
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            streams: false,
            edits: true,
            reactions: true,
            attachments_max: ATTACHMENTS_MAX,
        }
    }

    fn carries(&self, content: &Content) -> bool {
        !matches!(
            content,
            Content::Reply { .. }
                | Content::Email { .. }
                | Content::Unsupported { .. }
                | Content::Activity { .. }
        )
    }

    fn render(
        &self,
        inbox: &Inbox,
        outgoing: &Outgoing<'_>,
        now: Timestamp,
    ) -> Result<Dispatch, SendError> {
        render::render(inbox, outgoing, now)
    }

    fn render_amendment(
        &self,
        inbox: &Inbox,
        amendment: &OutgoingAmendment<'_>,
        now: Timestamp,
    ) -> Result<Dispatch, SendError> {
        render::render_amendment(inbox, amendment, now)
    }

    fn locate(
        &self,
        _: &Inbox,
        reference: &str,
        _: Option<&Response>,
    ) -> Result<FileStep, FetchError> {
        Ok(FileStep::Download(Box::new(tertulia_net::Request::get(reference)?)))
    }

    fn read_answer(&self, answer: &Response, now: Timestamp) -> Result<Delivered, SendError> {
        let status = answer.status.as_u16();
        let said: String =
            String::from_utf8_lossy(&answer.body).chars().take(DETAIL_CHARS_MAX).collect();
        let detail = format!("HTTP {status}: {said}");
        match answer.verdict() {
            Verdict::Accepted => Ok(Delivered::default()),
            Verdict::Rejected => {
                Err(SendError::Rejected { code: format!("http_{status}"), detail })
            }
            Verdict::Later(after) => {
                let delay = after.map(|after| after.delay(now.secs()));
                Err(SendError::RetryAfter { delay, detail })
            }
            Verdict::Unknown => Err(SendError::Unknown { code: format!("http_{status}"), detail }),
        }
    }
}
