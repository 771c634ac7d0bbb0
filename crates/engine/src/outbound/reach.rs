//! A customer who can no longer be reached on an inbox, or can be again.

use tertulia_domain::InboxId;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::delivery::{DeliveryStatus, Report};
use tertulia_domain::event::EventKind;
use tertulia_store::identities::Known;
use tertulia_store::{conversations, identities, messages, rooms};

use super::{Words, report_with};
use crate::{Change, Result};

/// Notes that nothing reaches a customer on an inbox: what waits for it is called back, and people see
/// why. Once more changes nothing.
pub(crate) fn lose(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    known: &Known,
    detail: &str,
) -> Result<()> {
    let account = change.ctx.account_id;
    if let Some(room) = known.room_id {
        rooms::lock(change.tx, account, room)?;
    }
    if !identities::set_reachable(change.tx, account, known.identity_id, Some(change.now))? {
        return Ok(());
    }
    if let Some(room) = known.room_id {
        for id in messages::queued_to(change.tx, account, room, known.identity_id)? {
            let Some(mut message) = messages::find(change.tx, account, id)? else { continue };
            let code = Some("contact_unreachable".to_owned());
            let words = Words { code, detail: Some(detail.to_owned()) };
            report_with(change, &mut message, Report::Known(DeliveryStatus::Canceled), words)?;
        }
    }
    tell(change, inbox, known, ActivityAction::Unreachable)
}

/// Notes that a customer can be reached again.
pub(crate) fn regain(change: &mut Change<'_, '_>, inbox: InboxId, known: &Known) -> Result<()> {
    let account = change.ctx.account_id;
    if let Some(room) = known.room_id {
        rooms::lock(change.tx, account, room)?;
    }
    if !identities::set_reachable(change.tx, account, known.identity_id, None)? {
        return Ok(());
    }
    tell(change, inbox, known, ActivityAction::Reachable)
}

/// Says it in the conversation that is going on there, and at the contact.
fn tell(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    known: &Known,
    action: ActivityAction,
) -> Result<()> {
    let account = change.ctx.account_id;
    for mut conversation in conversations::open_of_contact(change.tx, account, known.contact_id)? {
        if conversation.inbox_id != inbox {
            continue;
        }
        rooms::lock(change.tx, account, conversation.room_id)?;
        change.activity(&mut conversation, action, &[])?;
        change.changed(&mut conversation)?;
    }
    change.tell_contact(EventKind::ContactUpdated, known.contact_id).map(drop)
}
