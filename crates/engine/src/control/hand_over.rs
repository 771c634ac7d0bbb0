//! An app asks for people. It keeps control until one comes.

use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_domain::content::{ActivityAction, LINE_CHARS_MAX, chars};
use tertulia_domain::control::{ControlVerb, Holder};
use tertulia_domain::conversation::Conversation;
use tertulia_store::apps;

use super::set;
use crate::conversations::closed;
use crate::views::ConversationView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Why people are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asking {
    /// The app, or somebody in its place, wants it; perhaps with a reason.
    Wanted(Option<String>),
    /// The app cannot be reached, or chokes on what it is told.
    Failed(String),
}

/// Asks for people: the status is `open` from then on. Without an app in control there is nothing to
/// hand over, and nothing changes.
pub async fn hand_over(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    reason: Option<String>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    if let Some(reason) = &reason {
        chars("/reason", reason, LINE_CHARS_MAX).map_err(|e| Error::content("", &e))?;
    }
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.resolved_at.is_some() {
                return Err(closed(change, &conversation));
            }
            require_no_rival(change, &conversation)?;
            ask_people(change, &mut conversation, &Asking::Wanted(reason.clone()))?;
            change.changed(&mut conversation)
        })
        .await
}

/// An app hands over what is its own, not what another app holds.
fn require_no_rival(change: &mut Change<'_, '_>, conversation: &Conversation) -> Result<()> {
    match (change.ctx.app(), conversation.control.holder) {
        (Some(me), Holder::App(holder)) if me != holder => {
            let holder = "another app".to_owned();
            Err(Error::NotInControl { holder, epoch: conversation.control.epoch })
        }
        _ => Ok(()),
    }
}

/// Asks for people, once; says whether that changed anything.
pub(crate) fn ask_people(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    why: &Asking,
) -> Result<bool> {
    let Holder::App(id) = conversation.control.holder else { return Ok(false) };
    let next = conversation.control.offer(change.now);
    let (action, reason) = match why {
        Asking::Wanted(reason) => (ActivityAction::HandedOver, reason.as_deref()),
        Asking::Failed(reason) => (ActivityAction::AppFailed, Some(reason.as_str())),
    };
    if !set(change, conversation, next, ControlVerb::Offer, reason)? {
        return Ok(false);
    }
    let app = apps::get(change.tx, change.ctx.account_id, id)?;
    let name = app.map(|app| app.name).unwrap_or_default();
    let mut params = vec![("app_id", id.to_string()), ("app_name", name)];
    params.extend(reason.map(|reason| ("reason", reason.to_owned())));
    change.activity(conversation, action, &params)?;
    // Whoever wrote last has been waiting since, and nobody has answered yet.
    conversation.waiting_since.get_or_insert(change.now);
    Ok(true)
}
