//! Control of a conversation: who may speak to the customer. `domain::control` decides what a verb does.

mod give_back;
mod hand_over;
mod leave;
mod release;
mod take;

pub use give_back::{give_back, pass};
pub use hand_over::hand_over;
pub(crate) use hand_over::{Asking, ask_people};
pub(crate) use leave::order_leave;
pub use leave::{LEAVE, leave};
pub use release::release;
pub use take::take;
pub(crate) use take::{speak_as_app, take_over};

use serde_json::json;
use tertulia_domain::control::{Control, ControlVerb};
use tertulia_domain::conversation::Conversation;
use tertulia_domain::event::EventKind;

use crate::{Change, Fact, Result};

/// Puts the new control into the conversation and the journal; false when nothing changed.
fn set(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    next: Control,
    verb: ControlVerb,
    reason: Option<&str>,
) -> Result<bool> {
    let before = std::mem::replace(&mut conversation.control, next);
    if before == next {
        return Ok(false);
    }
    let (from, from_id) = before.holder.parts();
    let (to, to_id) = next.holder.parts();
    let data = json!({
        "conversation_id": conversation.id,
        "verb": verb,
        "from": { "kind": from, "id": from_id },
        "to": { "kind": to, "id": to_id },
        "epoch": next.epoch,
        "offered_at": next.offered_at,
    });
    let mut fact = Fact::new(EventKind::ControlChanged, data);
    fact.reason = reason.map(str::to_owned);
    change.record(&fact.at(conversation.room_id, conversation.id, conversation.inbox_id))?;
    Ok(true)
}
