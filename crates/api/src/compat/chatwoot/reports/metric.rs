//! The metrics by their names in Chatwoot.

use serde_json::{Value, json};
use tertulia_domain::report::{Mean, Tally};

use crate::compat::chatwoot::{Fields, Refusal};

/// One number of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Metric {
    Conversations,
    Incoming,
    Outgoing,
    FirstResponse,
    Resolution,
    Reply,
    Resolutions,
    BotResolutions,
    BotHandoffs,
}

impl Metric {
    /// The metric that a request names.
    pub(super) fn read(fields: &Fields) -> Result<Self, Refusal> {
        Ok(match fields.required("metric")?.as_str() {
            "conversations_count" => Self::Conversations,
            "incoming_messages_count" => Self::Incoming,
            "outgoing_messages_count" => Self::Outgoing,
            "avg_first_response_time" => Self::FirstResponse,
            "avg_resolution_time" => Self::Resolution,
            "reply_time" => Self::Reply,
            "resolutions_count" => Self::Resolutions,
            "bot_resolutions_count" => Self::BotResolutions,
            "bot_handoffs_count" => Self::BotHandoffs,
            _ => return Err(Refusal::wrong("metric", "is not one that is computed here")),
        })
    }

    /// Its value, and how many an average is of.
    pub(super) fn of(self, tally: &Tally) -> (Value, Option<i64>) {
        match self {
            Self::Conversations => (tally.conversations.into(), None),
            Self::Incoming => (tally.incoming.into(), None),
            Self::Outgoing => (tally.outgoing.into(), None),
            Self::Resolutions => (tally.resolution.count.into(), None),
            Self::BotResolutions => (tally.bot_resolutions.into(), None),
            Self::BotHandoffs => (tally.bot_handoffs.into(), None),
            Self::FirstResponse => average(tally.first_response),
            Self::Resolution => average(tally.resolution),
            Self::Reply => average(tally.reply),
        }
    }
}

fn average(mean: Mean) -> (Value, Option<i64>) {
    (secs(mean), Some(mean.count))
}

/// An average in seconds; 0 of nothing.
fn secs(mean: Mean) -> Value {
    json!(mean.secs().unwrap_or(0.0))
}

/// The seven metrics of a summary.
pub(super) fn summary(tally: &Tally) -> Value {
    json!({
        "conversations_count": tally.conversations,
        "incoming_messages_count": tally.incoming,
        "outgoing_messages_count": tally.outgoing,
        "avg_first_response_time": secs(tally.first_response),
        "avg_resolution_time": secs(tally.resolution),
        "resolutions_count": tally.resolution.count,
        "reply_time": secs(tally.reply),
    })
}

/// The two metrics of bots.
pub(super) fn bot_summary(tally: &Tally) -> Value {
    json!({
        "bot_resolutions_count": tally.bot_resolutions,
        "bot_handoffs_count": tally.bot_handoffs,
    })
}

/// A line of a table of people, teams, inboxes or labels; null is an average of nothing.
pub(super) fn line(id: i64, tally: &Tally) -> Value {
    json!({
        "id": id,
        "conversations_count": tally.conversations,
        "resolved_conversations_count": tally.resolution.count,
        "avg_resolution_time": tally.resolution.secs(),
        "avg_first_response_time": tally.first_response.secs(),
        "avg_reply_time": tally.reply.secs(),
    })
}
