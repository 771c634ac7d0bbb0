//! Updates about something that is there: edits, reactions, taps, and chats that open or close.

use super::super::entities::spans;
use super::super::update::{CallbackQuery, Chat, Message, MessageReaction, MyChatMember};
use super::super::{keyboard, names};
use super::message::{clean, contact, name_of};
use crate::inbound::{Inbound, InboundEdit, InboundReach, InboundReaction, InboundTap};

/// What stands for a reaction that is a picture or a star.
const PICTURE: &str = "⭐";

/// New words. An edit without words, such as the next place of somebody who walks, says nothing here.
pub(super) fn edit(message: Message, update_id: i64) -> Result<Vec<Inbound>, String> {
    let (text, entities) = match (&message.text, &message.caption) {
        (Some(text), _) => (clean(text), &message.entities),
        (None, Some(caption)) => (clean(caption), &message.caption_entities),
        (None, None) if has_words(&message) => (String::new(), &message.caption_entities),
        (None, None) => return Ok(Vec::new()),
    };
    let message_id = names::message(message.chat.id, message.message_id);
    let rank = names::rank(message.edit_date.unwrap_or(message.date), update_id);
    Ok(vec![Inbound::Edit(InboundEdit {
        id: format!("{message_id}:{rank}"),
        message_id,
        spans: spans(entities, &text),
        text,
        rank: Some(rank),
    })])
}

/// Whether it is of a kind that may have a caption, and so can lose it.
fn has_words(message: &Message) -> bool {
    let files = [&message.document, &message.audio, &message.voice, &message.video];
    !message.photo.is_empty()
        || message.animation.is_some()
        || files.iter().any(|file| file.is_some())
}

pub(super) fn reaction(reaction: MessageReaction, update_id: i64) -> Result<Vec<Inbound>, String> {
    let message_id = names::message(reaction.chat.id, reaction.message_id);
    let rank = names::rank(reaction.date, update_id);
    let emoji = reaction.new_reaction.first();
    let emoji = emoji.map(|first| clean(first.emoji.as_deref().unwrap_or(PICTURE)));
    let author = reaction.user.as_ref().filter(|_| !reaction.chat.is_private()).map(name_of);
    Ok(vec![Inbound::Reaction(InboundReaction {
        id: format!("{message_id}:{rank}"),
        message_id,
        address: reaction.chat.id.to_string(),
        author,
        emoji,
        rank: Some(rank),
    })])
}

pub(super) fn tap(query: CallbackQuery) -> Result<Vec<Inbound>, String> {
    // A message that is too old to be shown still names its chat; without one the person is the chat.
    let own = Chat {
        id: query.from.id,
        kind: "private".to_owned(),
        title: None,
        username: query.from.username.clone(),
        first_name: Some(query.from.first_name.clone()),
        last_name: query.from.last_name.clone(),
    };
    let chat = query.message.map_or(own, |message| message.chat);
    Ok(vec![Inbound::Tap(InboundTap {
        author: (!chat.is_private()).then(|| name_of(&query.from)),
        contact: contact(&chat, Some(&query.from)),
        id: query.id,
        button: keyboard::tapped(&query.data),
        data: clean(&query.data),
        sent_at: None,
    })])
}

/// The customer blocked the bot, or a group threw it out; or the opposite.
pub(super) fn reach(member: MyChatMember, update_id: i64) -> Result<Vec<Inbound>, String> {
    let address = member.chat.id.to_string();
    let rank = names::rank(member.date, update_id);
    let reachable = !matches!(member.new_chat_member.status.as_str(), "kicked" | "left");
    let id = format!("{}:{rank}", names::message(member.chat.id, 0));
    Ok(vec![Inbound::Reach(InboundReach { id, address, reachable, rank })])
}
