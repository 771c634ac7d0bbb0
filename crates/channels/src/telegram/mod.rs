//! Telegram: a bot as an inbox. Updates in, calls of the Bot API out.
//!
//! A chat is a contact: a person, or a group as a whole. Strict in what is sent, tolerant in what is
//! read.

mod answer;
mod bot;
mod connect;
mod entities;
mod keyboard;
mod locate;
mod names;
mod parse;
mod render;
mod split;
mod update;
mod verify;

use std::time::Duration;

use tertulia_domain::Timestamp;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Inbox;
use tertulia_net::Response;

use crate::call::Call;
use crate::fetch::{FetchError, FileStep};
use crate::inbound::{Item, UnreadableBody};
use crate::outgoing::{Delivered, Errand, Outgoing, OutgoingAmendment, SendError};
use crate::port::{Capabilities, Channel, Dispatch, Pace, Refused, Request};

pub use bot::BASE_URL;
pub use connect::{
    Batch, POLL_SECS, Profile, WebhookInfo, delete_webhook, get_me, get_updates, set_profile,
    set_webhook, webhook_info,
};
pub use render::buttons;

/// Files of one message.
const ATTACHMENTS_MAX: usize = 10;
/// Between two messages to a person; Telegram says one in a second.
const PERSON_GAP: Duration = Duration::from_millis(1_050);
/// Between two messages to a group; Telegram says twenty in a minute.
const GROUP_GAP: Duration = Duration::from_millis(3_050);
/// Between two messages of a bot; Telegram says thirty in a second, [`BURST`] included.
const BOT_GAP: Duration = Duration::from_millis(40);
/// Messages of a bot that may come at once.
const BURST: u32 = 4;

pub(crate) struct Telegram;

impl Channel for Telegram {
    fn verify(&self, request: Request<'_>, secret: &str, _: Timestamp) -> Result<(), Refused> {
        verify::verify(request, secret)
    }

    fn parse(&self, body: &[u8]) -> Result<Vec<Item>, UnreadableBody> {
        Ok(parse::parse(body))
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
            | Content::Cards { .. } => true,
            Content::Form { .. }
            | Content::Reply { .. }
            | Content::Template { .. }
            | Content::Email { .. }
            | Content::Unsupported { .. }
            | Content::Activity { .. } => false,
        }
    }

    fn render(
        &self,
        inbox: &Inbox,
        outgoing: &Outgoing<'_>,
        _: Timestamp,
    ) -> Result<Dispatch, SendError> {
        render::render(inbox, outgoing)
    }

    fn render_amendment(
        &self,
        inbox: &Inbox,
        amendment: &OutgoingAmendment<'_>,
        _: Timestamp,
    ) -> Result<Dispatch, SendError> {
        render::render_amendment(inbox, amendment)
    }

    fn render_errand(&self, inbox: &Inbox, errand: &Errand<'_>) -> Option<Call> {
        render::render_errand(inbox, errand)
    }

    fn pace(&self, address: &str) -> Option<Pace> {
        // Groups have negative numbers.
        let address_gap = if address.starts_with('-') { GROUP_GAP } else { PERSON_GAP };
        Some(Pace { address_gap, inbox_gap: BOT_GAP, inbox_burst: BURST })
    }

    fn locate(
        &self,
        inbox: &Inbox,
        reference: &str,
        answer: Option<&Response>,
    ) -> Result<FileStep, FetchError> {
        locate::locate(inbox, reference, answer)
    }

    fn read_answer(&self, answer: &Response, now: Timestamp) -> Result<Delivered, SendError> {
        answer::delivered(answer, now)
    }
}

#[cfg(test)]
mod tests {
    use tertulia_domain::InboxId;
    use tertulia_domain::inbox::{self, InboxSettings, ProviderToken, TelegramSettings};

    use super::*;

    pub(super) const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    pub(super) fn inbox() -> Inbox {
        Inbox {
            id: InboxId(1),
            name: "Shop bot".to_owned(),
            channel: inbox::Channel::Telegram,
            enabled: true,
            hook_token: String::new(),
            secret: "s3cret".to_owned(),
            identity_secret: String::new(),
            provider_token: Some(ProviderToken::new(TOKEN)),
            reopen_window_secs: 0,
            greeting: String::new(),
            settings: InboxSettings::Telegram(TelegramSettings {
                base_url: BASE_URL.to_owned(),
                ..TelegramSettings::default()
            }),
            health: None,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn the_token_shows_nowhere() {
        let shown = format!("{:?}", inbox());
        assert!(!shown.contains("AAHdqTcv"), "{shown}");
        let inbox = Inbox { provider_token: None, ..inbox() };
        let step = Telegram.locate(&inbox, "file", None);
        assert!(matches!(step, Err(FetchError::Later { .. })), "{step:?}");
    }
}
