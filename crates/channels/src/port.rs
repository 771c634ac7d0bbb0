//! The port that every provider fills: verify, parse, render, read the answer, and what it can do.

use std::time::Duration;

use tertulia_domain::Timestamp;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::{self, Inbox};
use tertulia_net::{HeaderMap, HttpClient, Sent};

use crate::call::{Call, Files};
use crate::fetch::{FetchError, FileStep};
use crate::inbound::{Item, UnreadableBody};
use crate::outgoing::{Delivered, Errand, Outgoing, OutgoingAmendment, SendError};
use crate::{api, telegram, widget};

/// A request from a provider, exactly as it came.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
}

/// The request does not prove that it comes from the provider. The reason is for our log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refused {
    pub reason: String,
}

/// What a provider can carry to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Our own stream carries messages: they are sent as soon as they are stored.
    pub streams: bool,
    /// Words of a message that has gone out can be changed, or it can be taken back.
    pub edits: bool,
    /// The customer sees reactions of people.
    pub reactions: bool,
    /// Files of one message.
    pub attachments_max: usize,
}

/// How an outgoing message leaves.
#[derive(Debug)]
pub enum Dispatch {
    /// The customer's own stream carries it: it is sent as soon as it is stored.
    Stream,
    /// By these calls, in this order.
    Calls(Vec<Call>),
}

/// One kind of provider.
pub trait Channel: Sync {
    /// Whether the request proves the inbox's secret. Whatever is missing or odd is a refusal.
    fn verify(&self, request: Request<'_>, secret: &str, now: Timestamp) -> Result<(), Refused>;

    /// Reads a request's body. What cannot be read is an item of its own, never dropped.
    fn parse(&self, body: &[u8]) -> Result<Vec<Item>, UnreadableBody>;

    /// What it can carry.
    fn capabilities(&self) -> Capabilities;

    /// Whether it can carry this kind of content to the customer.
    fn carries(&self, content: &Content) -> bool;

    /// Makes the request that delivers a message.
    ///
    /// The same message gives the same calls every time: a delivery that was interrupted goes on behind
    /// the calls that are known to have gone through.
    fn render(
        &self,
        inbox: &Inbox,
        outgoing: &Outgoing<'_>,
        now: Timestamp,
    ) -> Result<Dispatch, SendError>;

    /// Makes the request that tells of an edit, a deletion or a reaction; asked only of a channel that
    /// can carry it.
    fn render_amendment(
        &self,
        inbox: &Inbox,
        amendment: &OutgoingAmendment<'_>,
        now: Timestamp,
    ) -> Result<Dispatch, SendError>;

    /// Makes the call that runs an errand, where there is such a thing.
    fn render_errand(&self, _: &Inbox, _: &Errand<'_>) -> Option<Call> {
        None
    }

    /// How often it may be called for one customer and for the whole inbox.
    fn pace(&self, _address: &str) -> Option<Pace> {
        None
    }

    /// The next step to a file that a message named: without an answer the first one, then what the
    /// answer to an [`FileStep::Ask`] leads to.
    fn locate(
        &self,
        inbox: &Inbox,
        reference: &str,
        answer: Option<&tertulia_net::Response>,
    ) -> Result<FileStep, FetchError>;

    /// Reads the provider's answer to a delivery.
    fn read_answer(
        &self,
        answer: &tertulia_net::Response,
        now: Timestamp,
    ) -> Result<Delivered, SendError>;
}

/// What a provider bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Between two calls for one customer.
    pub address_gap: Duration,
    /// Between two calls of the inbox, in the long run.
    pub inbox_gap: Duration,
    /// Calls of the inbox that may come at once.
    pub inbox_burst: u32,
}

/// The provider of a channel.
#[must_use]
pub fn of(channel: inbox::Channel) -> &'static dyn Channel {
    match channel {
        inbox::Channel::Api => &api::Api,
        inbox::Channel::Widget => &widget::Widget,
        inbox::Channel::Telegram => &telegram::Telegram,
    }
}

/// Makes the call and sorts what came back. No transaction is open while this waits.
pub async fn send(
    channel: inbox::Channel,
    http: &HttpClient,
    call: Call,
    files: &Files<'_>,
    now: Timestamp,
) -> Result<Delivered, SendError> {
    let first = attempt(channel, http, call.body.request(files)?, now).await;
    match (first, call.plain) {
        // The message matters more than how it looks.
        (Err(SendError::Formatting { .. }), Some(plain)) => {
            attempt(channel, http, plain.request(files)?, now).await
        }
        (Err(SendError::Formatting { detail }), None) => {
            Err(SendError::Rejected { code: "formatting_refused".to_owned(), detail })
        }
        (answer, _) => answer,
    }
}

async fn attempt(
    channel: inbox::Channel,
    http: &HttpClient,
    request: tertulia_net::Request,
    now: Timestamp,
) -> Result<Delivered, SendError> {
    match http.send(request).await {
        Ok(answer) => of(channel).read_answer(&answer, now),
        Err(error) => Err(sort(&error)),
    }
}

/// A call without an answer: either surely not made, or nobody knows.
pub(crate) fn sort(error: &tertulia_net::Error) -> SendError {
    use tertulia_net::Error as E;
    let (code, detail) = (error.code(), error.to_string());
    match error {
        // Another try would fail in the same way.
        E::Blocked(_) | E::Header(_) => SendError::Rejected { code: code.to_owned(), detail },
        _ => match error.sent() {
            Sent::No => SendError::RetryAfter { delay: None, detail },
            Sent::Unknown => SendError::Unknown { code: code.to_owned(), detail },
        },
    }
}
