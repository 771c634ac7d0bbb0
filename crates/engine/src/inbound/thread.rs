//! Which conversation a customer's message joins; `domain::threading` decides.

use std::time::Duration;

use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::control::Control;
use tertulia_domain::conversation::{Conversation, ParticipantKind, ParticipantRole};
use tertulia_domain::event::EventKind;
use tertulia_domain::threading::{self, Candidate, Thread};
use tertulia_domain::{AppId, ContactId, RoomId};
use tertulia_store::conversations::{self, NewConversation};
use tertulia_store::inboxes::Door;
use tertulia_store::{apps, channel_sessions, participants, rooms};

use super::Origin;
use crate::{Access, Change, Error, Result};

/// What happened to the conversation, besides the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// Nothing: the message tells everything.
    None,
    /// It is new, or open again, or awake.
    Changed,
}

/// The conversation that the message joins, opened or woken if need be. The room is locked.
pub(super) fn thread(
    change: &mut Change<'_, '_>,
    door: &Door,
    room: RoomId,
    contact: ContactId,
    origin: Origin,
) -> Result<(Conversation, News)> {
    let mut found = conversations::open_of_contact(change.tx, door.account_id, contact)?;
    if !found.iter().any(|c| joins(door, c)) {
        let only = match door.policy {
            ConversationPolicy::Contact => None,
            ConversationPolicy::ContactInbox => Some(door.inbox.id),
        };
        let newest = conversations::newest_of_contact(change.tx, door.account_id, contact, only)?;
        found.extend(newest);
    }
    let candidates: Vec<Candidate> = found.iter().map(candidate).collect();
    let window_secs = u64::try_from(door.inbox.reopen_window_secs).unwrap_or(0);
    let window = Duration::from_secs(window_secs);
    let chosen = threading::choose(door.policy, door.inbox.id, &candidates, window, change.now);
    match chosen {
        Thread::Continue(id) => {
            let conversation = locked(change, room, found.into_iter().find(|c| c.id == id))?;
            wake(change, conversation)
        }
        Thread::Reopen(id) => {
            let conversation = locked(change, room, found.into_iter().find(|c| c.id == id))?;
            reopen(change, door, conversation)
        }
        Thread::Begin => Ok((begin(change, door, room, contact, origin)?, News::Changed)),
    }
}

/// Opens a new conversation; the customer takes part in it, and so does the app that answers here.
pub(crate) fn begin(
    change: &mut Change<'_, '_>,
    door: &Door,
    room: RoomId,
    contact: ContactId,
    origin: Origin,
) -> Result<Conversation> {
    let account = door.account_id;
    let app = answering(change, door)?;
    let new = NewConversation {
        room_id: room,
        contact_id: contact,
        inbox_id: door.inbox.id,
        channel: door.inbox.channel,
        policy: door.policy,
        control: app.map_or(Control::FREE, |app| Control::FREE.pass(app)),
        origin: origin.as_ref(),
        now: change.now,
    };
    let mut conversation = conversations::insert(change.tx, account, &new)?;
    let (customer, role) = ((ParticipantKind::Customer, contact.0), ParticipantRole::Primary);
    participants::join(change.tx, account, conversation.id, customer, role, change.now)?;
    if let Some(app) = app {
        let who = (ParticipantKind::App, app.0);
        participants::join(change.tx, account, conversation.id, who, role, change.now)?;
    }
    change.tell(EventKind::ConversationCreated, conversation.id)?;
    change.activity(&mut conversation, ActivityAction::Created, &[])?;
    Ok(conversation)
}

/// Whether the account's policy puts the customer's messages on this inbox into the conversation.
pub(crate) fn joins(door: &Door, conversation: &Conversation) -> bool {
    match door.policy {
        ConversationPolicy::Contact => true,
        ConversationPolicy::ContactInbox => conversation.inbox_id == door.inbox.id,
    }
}

/// The app that a conversation begins with, unless a person begins it.
fn answering(change: &mut Change<'_, '_>, door: &Door) -> Result<Option<AppId>> {
    match change.ctx.access {
        Access::User { .. } | Access::Token { .. } => Ok(None),
        Access::System | Access::App { .. } | Access::Visitor { .. } | Access::Channel { .. } => {
            let found = apps::answering(change.tx, door.account_id, door.inbox.id)?;
            Ok(found.map(|(app, _)| app))
        }
    }
}

fn candidate(conversation: &Conversation) -> Candidate {
    Candidate {
        id: conversation.id,
        inbox_id: conversation.inbox_id,
        resolved_at: conversation.resolved_at,
    }
}

/// A conversation of a merged contact may be in another room, which is then locked as well.
fn locked(
    change: &mut Change<'_, '_>,
    room: RoomId,
    found: Option<Conversation>,
) -> Result<Conversation> {
    let conversation =
        found.ok_or_else(|| Error::Internal("threading chose what was not there".to_owned()))?;
    if conversation.room_id != room {
        rooms::lock(change.tx, change.ctx.account_id, conversation.room_id)?;
    }
    Ok(conversation)
}

/// A snoozed conversation is awake again when the customer writes.
fn wake(
    change: &mut Change<'_, '_>,
    mut conversation: Conversation,
) -> Result<(Conversation, News)> {
    if conversation.snoozed_until.is_none() {
        return Ok((conversation, News::None));
    }
    change.remember(&conversation);
    conversation.snoozed_until = None;
    change.activity(&mut conversation, ActivityAction::Unsnoozed, &[])?;
    Ok((conversation, News::Changed))
}

fn reopen(
    change: &mut Change<'_, '_>,
    door: &Door,
    mut conversation: Conversation,
) -> Result<(Conversation, News)> {
    change.remember(&conversation);
    conversations::claim_open(change.tx, door.account_id, &conversation, door.policy)?;
    channel_sessions::restart_all(change.tx, door.account_id, conversation.id)?;
    conversation.resolved_at = None;
    conversation.snoozed_until = None;
    if let Some(app) = answering(change, door)? {
        conversation.control = conversation.control.pass(app);
    }
    change.activity(&mut conversation, ActivityAction::Reopened, &[])?;
    Ok((conversation, News::Changed))
}
