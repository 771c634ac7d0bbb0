//! Reactions: at most one per person and message; the last one counts.

use tertulia_channels as channels;
use tertulia_domain::content::is_visible;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::{Message, Reaction, Sender, SenderKind, Visibility};
use tertulia_domain::{ConversationId, MessageId};
use tertulia_store::{inboxes, messages};

use super::edit::require_writer;
use super::record;
use crate::outbound::{Amendment, amend};
use crate::views::MessageView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Longest reaction, in Unicode scalar values: the longest emoji sequences have about ten.
const EMOJI_CHARS_MAX: usize = 20;
/// Reactions that one message keeps.
const REACTIONS_MAX: usize = 100;

/// A reaction to a message, or its taking back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct React {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub emoji: Option<String>,
}

/// Reacts to a message.
pub async fn react(engine: &Engine, ctx: &Ctx, command: React) -> Result<MessageView> {
    require_writer(ctx)?;
    check(command.emoji.as_deref())?;
    let conversation = command.conversation;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let (_, message) = change.message(command.conversation, command.message)?;
            require_reactable(change, &message)?;
            let sender = change.ctx.sender();
            let before = message.reactions.clone();
            let message = set_reaction(change, message, &sender, command.emoji.as_deref())?;
            if message.reactions != before {
                let what = Amendment::Reaction { kind: sender.kind, id: sender.id };
                amend(change, &message, &sender, what)?;
            }
            Ok(MessageView::from(&message))
        })
        .await
}

fn check(emoji: Option<&str>) -> Result<()> {
    let Some(emoji) = emoji else { return Ok(()) };
    if emoji.chars().count() > EMOJI_CHARS_MAX || !is_visible(emoji) || emoji.contains('\0') {
        let detail = format!("is not an emoji of at most {EMOJI_CHARS_MAX} characters");
        return Err(Error::invalid("/emoji", detail));
    }
    Ok(())
}

fn require_reactable(change: &mut Change<'_, '_>, message: &Message) -> Result<()> {
    if message.deleted_at.is_some() || message.visibility == Visibility::Activity {
        let detail = "there is nothing to react to".to_owned();
        return Err(Error::Conflict { code: "conflict", detail });
    }
    let by_staff = change.ctx.sender().kind != SenderKind::Customer;
    if !by_staff || message.visibility != Visibility::Public {
        return Ok(());
    }
    let door = inboxes::door(change.tx, change.ctx.account_id, message.inbox_id)?;
    let reactions = door.is_some_and(|d| channels::of(d.inbox.channel).capabilities().reactions);
    if reactions {
        return Ok(());
    }
    let detail = "the channel does not carry reactions".to_owned();
    Err(Error::Invalid { code: "capability_missing", pointer: "/emoji".to_owned(), detail })
}

/// Writes a reaction and tells everybody; one that changes nothing is silent.
pub(crate) fn set_reaction(
    change: &mut Change<'_, '_>,
    mut message: Message,
    sender: &Sender,
    emoji: Option<&str>,
) -> Result<Message> {
    let reactions = with_reaction(&message.reactions, sender, emoji);
    if reactions == message.reactions {
        return Ok(message);
    }
    message.reactions = reactions;
    messages::set_reactions(change.tx, change.ctx.account_id, message.id, &message.reactions)?;
    record(change, EventKind::MessageUpdated, &message)?;
    Ok(message)
}

/// The reactions with the sender's one set or taken back. A full message takes no new sender.
#[must_use]
pub fn with_reaction(
    reactions: &[Reaction],
    sender: &Sender,
    emoji: Option<&str>,
) -> Vec<Reaction> {
    let mut next = reactions.to_vec();
    let mine = next.iter().position(|r| r.kind == sender.kind && r.id == sender.id);
    match (mine, emoji) {
        (Some(index), None) => {
            next.remove(index);
        }
        (Some(index), Some(emoji)) => {
            if let Some(reaction) = next.get_mut(index) {
                emoji.clone_into(&mut reaction.emoji);
            }
        }
        (None, Some(emoji)) if next.len() < REACTIONS_MAX => next.push(Reaction {
            emoji: emoji.to_owned(),
            kind: sender.kind,
            id: sender.id,
            name: sender.name.clone(),
        }),
        (None, Some(_) | None) => {}
    }
    next
}
