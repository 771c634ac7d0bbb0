//! What became of a call, and what that means for its message, its customer and its inbox.

use std::time::Duration;

use tertulia_channels::{self as channels, Delivered, SendError};
use tertulia_domain::delivery::{DeliveryStatus, Report};
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::HealthState;
use tertulia_domain::message::Message;
use tertulia_store::identities;
use tertulia_store::message_parts::{self, Part};

use super::deliver::{Delivery, Sending};
use super::{Words, pace, reach, report_with};
use crate::inbound::relocate;
use crate::inboxes::note_health;
use crate::messages::record as tell;
use crate::{Change, Ctx, Engine, Result};

/// A wait that people are told of: shorter ones are over before anybody has read it.
const TOLD: Duration = Duration::from_secs(10);

/// Records a call; answers how the delivery ends, or `None` when the next call may be made, which makes
/// `next` messages.
pub(super) async fn record(
    engine: &Engine,
    ctx: &Ctx,
    sending: &Sending,
    answer: Result<Delivered, SendError>,
    next: Option<u32>,
) -> Result<Option<Delivery>> {
    let (conversation, id) = (sending.conversation, sending.message);
    let (inbox, address) = (sending.inbox.clone(), sending.address.clone());
    let (number, of) = (sending.number, sending.of);
    engine
        .transact_in_room(ctx, conversation, move |change| {
            let (_, mut message) = change.message(conversation, id)?;
            match &answer {
                Ok(delivered) => {
                    for external_id in &delivered.ids {
                        let part = Part { call: number, external_id: external_id.clone() };
                        let account = change.ctx.account_id;
                        message_parts::insert(change.tx, account, inbox.id, id, &part)?;
                    }
                    let Some(messages) = next else {
                        let known = Report::Known(DeliveryStatus::Sent);
                        report_with(change, &mut message, known, Words::default())?;
                        return Ok(Some(Delivery::Settled));
                    };
                    let Some(pace) = channels::of(inbox.channel).pace(&address) else {
                        return Ok(None);
                    };
                    let holder = format!("message:{id}");
                    let wait = pace::turn(change, inbox.id, &address, (&holder, messages), pace)?;
                    let Some(wait) = wait else { return Ok(None) };
                    report_with(change, &mut message, Report::Postponed, Words::default())?;
                    Ok(Some(self::wait(wait)))
                }
                Err(error) => {
                    let error = placed(error.clone(), number, of);
                    let at = Place { inbox: &inbox, address: &address };
                    fail(change, &mut message, &at, error).map(Some)
                }
            }
        })
        .await
}

/// Where a message was going.
struct Place<'a> {
    inbox: &'a tertulia_domain::inbox::Inbox,
    address: &'a str,
}

/// In a message of several parts, people want to know which part it was.
fn placed(error: SendError, number: i64, of: usize) -> SendError {
    if of < 2 {
        return error;
    }
    let with = |detail: String| format!("part {} of {of}: {detail}", number + 1);
    match error {
        SendError::Rejected { code, detail } => SendError::Rejected { code, detail: with(detail) },
        SendError::Unknown { code, detail } => SendError::Unknown { code, detail: with(detail) },
        other => other,
    }
}

fn fail(
    change: &mut Change<'_, '_>,
    message: &mut Message,
    place: &Place<'_>,
    error: SendError,
) -> Result<Delivery> {
    let known = |status, code: String, detail: String| {
        (Report::Known(status), Words { code: Some(code), detail: Some(detail) })
    };
    let (report, words) = match error {
        SendError::Rejected { code, detail } => known(DeliveryStatus::Rejected, code, detail),
        SendError::Formatting { detail } => {
            known(DeliveryStatus::Rejected, "formatting_refused".to_owned(), detail)
        }
        SendError::Unknown { code, detail } => known(DeliveryStatus::Uncertain, code, detail),
        SendError::Unreachable { code, detail } => {
            let (report, words) = known(DeliveryStatus::Rejected, code, detail.clone());
            report_with(change, message, report, words)?;
            let (account, inbox) = (change.ctx.account_id, place.inbox.id);
            if let Some(who) = identities::resolve(change.tx, account, inbox, place.address)? {
                reach::lose(change, inbox, &who, &detail)?;
            }
            return Ok(Delivery::Settled);
        }
        SendError::Moved { to, detail } => {
            relocate(change, place.inbox.id, place.address, &to)?;
            return postpone(change, message, Some(Duration::ZERO), detail);
        }
        SendError::Disconnected { detail } => {
            note_health(change, place.inbox.id, HealthState::Refused, Some(&detail))?;
            return postpone(change, message, None, detail);
        }
        SendError::RetryAfter { delay, detail } => {
            if let (Some(delay), true) = (delay, has_pace(place)) {
                pace::pause(change, place.inbox.id, place.address, delay)?;
            }
            return postpone(change, message, delay, detail);
        }
    };
    report_with(change, message, report, words)?;
    Ok(Delivery::Settled)
}

fn has_pace(place: &Place<'_>) -> bool {
    channels::of(place.inbox.channel).pace(place.address).is_some()
}

/// Back into its place; a long wait is told, so that nobody wonders.
fn postpone(
    change: &mut Change<'_, '_>,
    message: &mut Message,
    after: Option<Duration>,
    detail: String,
) -> Result<Delivery> {
    let words = Words { code: None, detail: Some(detail.clone()) };
    report_with(change, message, Report::Postponed, words)?;
    if after.is_some_and(|after| after >= TOLD) {
        tell(change, EventKind::MessageUpdated, message)?;
    }
    Ok(Delivery::Again { after, reason: detail })
}

/// The message waits for its turn.
pub(super) fn wait(after: Duration) -> Delivery {
    Delivery::Again {
        after: Some(after),
        reason: "waits for its turn with the provider".to_owned(),
    }
}

/// Why a message cannot even be rendered: for good, or until the inbox is connected anew.
pub(super) fn unsendable(error: SendError) -> Result<(String, String), Delivery> {
    match error {
        SendError::Disconnected { detail } => Err(Delivery::Again { after: None, reason: detail }),
        SendError::Rejected { code, detail } | SendError::Unreachable { code, detail } => {
            Ok((code, detail))
        }
        SendError::RetryAfter { detail, .. }
        | SendError::Moved { detail, .. }
        | SendError::Formatting { detail }
        | SendError::Unknown { detail, .. } => Ok(("not_sendable".to_owned(), detail)),
    }
}
