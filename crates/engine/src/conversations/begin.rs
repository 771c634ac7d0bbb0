//! The business writes first.

use tertulia_domain::access::Permission;
use tertulia_domain::content::Content;
use tertulia_domain::conversation::Conversation;
use tertulia_domain::message::Visibility;
use tertulia_domain::{ContactId, ConversationId, InboxId, RoomId};
use tertulia_store::identities::Known;
use tertulia_store::inboxes::Door;
use tertulia_store::{channel_sessions, contacts, conversations, identities};

use crate::contacts::visible_door;
use crate::messages::{Send, check, write};
use crate::views::ConversationView;
use crate::{Change, Ctx, Engine, Error, Result, inbound};

/// A first message to a contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Begin {
    pub contact: ContactId,
    pub inbox: InboxId,
    pub content: Content,
    pub client_id: Option<String>,
}

/// Writes to a contact on an inbox: into the open conversation if there is one, else into a new one.
pub async fn begin(engine: &Engine, ctx: &Ctx, command: Begin) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    check(&command.content, &[], command.client_id.as_deref())?;
    engine
        .commit_in_contact(ctx, command.contact, move |change| {
            let (door, known) = address(change, &command)?;
            let room = inbound::enter(change, &known)?;
            let conversation = joined(change, &door, &known, room)?;
            let send = Send {
                conversation: conversation.id,
                content: command.content.clone(),
                spans: Vec::new(),
                visibility: Visibility::Public,
                client_id: command.client_id.clone(),
                external_id: None,
                reply_to: None,
                attachments: Vec::new(),
                expected_seq: None,
            };
            write(change, &send)?;
            view(change, conversation.id)
        })
        .await
}

/// The inbox and the contact's address on it.
fn address(change: &mut Change<'_, '_>, command: &Begin) -> Result<(Door, Known)> {
    let account = change.ctx.account_id;
    let door = visible_door(change, command.inbox)?;
    if contacts::find(change.tx, account, command.contact)?.is_none() {
        return Err(Error::invalid("/contact_id", "is not a contact"));
    }
    let known = identities::of_contact(change.tx, account, command.contact, command.inbox)?;
    let unreachable = || Error::invalid("/contact_id", "has no address on this inbox");
    Ok((door, known.ok_or_else(unreachable)?))
}

/// The conversation that the contact has open, or a new one, with the contact reachable in it.
pub(super) fn joined(
    change: &mut Change<'_, '_>,
    door: &Door,
    known: &Known,
    room: RoomId,
) -> Result<Conversation> {
    let account = change.ctx.account_id;
    let found = conversations::open_of_contact(change.tx, account, known.contact_id)?;
    let conversation = match found.into_iter().find(|c| inbound::joins(door, c)) {
        Some(conversation) => conversation,
        None => {
            let mut conversation = inbound::begin(change, door, room, known.contact_id, None)?;
            change.save(&mut conversation)?;
            conversation
        }
    };
    let place = (door.inbox.id, door.inbox.channel);
    let (identity, now) = (known.identity_id, change.now);
    channel_sessions::touch(change.tx, account, conversation.id, place, identity, now)?;
    Ok(conversation)
}

/// The conversation as the principal sees it.
pub(super) fn view(change: &mut Change<'_, '_>, id: ConversationId) -> Result<ConversationView> {
    let (account, viewer) = (change.ctx.account_id, change.ctx.viewer());
    let shown = conversations::shown_one(change.tx, account, viewer, id)?;
    shown.as_ref().map(ConversationView::from).ok_or(Error::NotFound("conversation"))
}
