//! Faults on demand: what a provider does on its bad days, when a test asks for it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::State;

/// A fault, whom it meets and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Fault {
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Only this method; every one otherwise.
    pub method: Option<String>,
    /// Only requests about this chat.
    pub chat_id: Option<i64>,
    /// How many times it still happens; without end otherwise.
    pub times: Option<u32>,
}

/// The part of a fault's JSON that every kind has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whom {
    method: Option<String>,
    #[serde(default, deserialize_with = "crate::telegram::state::number")]
    chat_id: Option<i64>,
    times: Option<u32>,
}

impl TryFrom<Map<String, Value>> for Fault {
    type Error = serde_json::Error;

    fn try_from(json: Map<String, Value>) -> Result<Self, Self::Error> {
        let own = ["fault", "retry_after_secs", "status", "millis", "copies"];
        let (kind, whom): (Map<_, _>, Map<_, _>) =
            json.into_iter().partition(|(key, _)| own.contains(&key.as_str()));
        let Whom { method, chat_id, times } = serde_json::from_value(Value::Object(whom))?;
        let kind = serde_json::from_value(Value::Object(kind))?;
        Ok(Self { kind, method, chat_id, times })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// 429 with this `retry_after`; nothing is done.
    TooManyRequests { retry_after_secs: i64 },
    /// A 5xx; nothing is done.
    ServerError { status: u16 },
    /// The request is done and in the books, and the connection ends without an answer.
    DropResponse,
    /// The connection ends before the request is looked at.
    Refuse,
    /// The answer takes this long; the request is done at once.
    Slow { millis: u64 },
    /// Each update is delivered this many times.
    Duplicate { copies: usize },
    /// Updates are delivered in any order.
    Shuffle,
    /// A webhook's body ends in the middle of what its length promised.
    TruncateWebhook,
}

impl Fault {
    /// A fault of every request, until it is taken away.
    #[must_use]
    pub fn always(kind: FaultKind) -> Self {
        Self { kind, method: None, chat_id: None, times: None }
    }

    /// A fault of the next request.
    #[must_use]
    pub fn once(kind: FaultKind) -> Self {
        Self { times: Some(1), ..Self::always(kind) }
    }

    /// Only of this method.
    #[must_use]
    pub fn of(self, method: &str) -> Self {
        Self { method: Some(method.to_owned()), ..self }
    }

    /// Only of requests about this chat.
    #[must_use]
    pub fn in_chat(self, chat_id: i64) -> Self {
        Self { chat_id: Some(chat_id), ..self }
    }

    /// Only so many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }
}

impl State {
    /// The fault that meets a request, if one does; it is counted.
    pub(crate) fn fault_of_request(
        &mut self,
        method: &str,
        chat: Option<i64>,
    ) -> Option<FaultKind> {
        self.take_fault(|fault| {
            let of_method =
                fault.method.as_ref().is_none_or(|named| named.eq_ignore_ascii_case(method));
            let of_chat = fault.chat_id.is_none_or(|named| Some(named) == chat);
            fault.kind.is_of_requests() && of_method && of_chat
        })
    }

    /// The fault that meets a delivery.
    pub(crate) fn fault_of_delivery(
        &mut self,
        is: impl Fn(&FaultKind) -> bool,
    ) -> Option<FaultKind> {
        self.take_fault(|fault| is(&fault.kind))
    }

    fn take_fault(&mut self, meets: impl Fn(&Fault) -> bool) -> Option<FaultKind> {
        let index = self.faults.iter().position(meets)?;
        let fault = self.faults.get_mut(index)?;
        let kind = fault.kind.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.faults.remove(index);
            }
        }
        Some(kind)
    }
}

impl FaultKind {
    fn is_of_requests(&self) -> bool {
        match self {
            Self::TooManyRequests { .. }
            | Self::ServerError { .. }
            | Self::DropResponse
            | Self::Refuse
            | Self::Slow { .. } => true,
            Self::Duplicate { .. } | Self::Shuffle | Self::TruncateWebhook => false,
        }
    }
}
