//! What is reported of a message only moves it forward: `domain::delivery` decides.

use tertulia_domain::delivery::{self, Report};
use tertulia_domain::event::EventKind;
use tertulia_domain::message::{Delivery, Message};
use tertulia_store::messages;

use crate::messages::record;
use crate::{Change, Result};

/// Why, in the channel's words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) code: Option<String>,
    pub(crate) detail: Option<String>,
}

/// Applies a report to the message; false when it changes nothing.
pub(crate) fn report(
    change: &mut Change<'_, '_>,
    message: &mut Message,
    report: Report,
) -> Result<bool> {
    report_with(change, message, report, Words::default())
}

/// Like [`report`], with the reason of a failure.
pub(crate) fn report_with(
    change: &mut Change<'_, '_>,
    message: &mut Message,
    report: Report,
    words: Words,
) -> Result<bool> {
    let Some(current) = message.delivery.as_ref().map(|delivery| delivery.status) else {
        return Ok(false);
    };
    let Some(status) = delivery::next(current, report) else { return Ok(false) };
    let next = Delivery { status, code: words.code, detail: words.detail, at: change.now };
    messages::record_delivery(change.tx, change.ctx.account_id, message.id, &next)?;
    message.delivery = Some(next);
    match report {
        // Steps of a worker are in the row; people are told how it ended.
        Report::Started | Report::Postponed => {}
        Report::Known(_) | Report::Retried => record(change, EventKind::MessageUpdated, message)?,
    }
    Ok(true)
}
