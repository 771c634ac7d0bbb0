//! The author changes the words of a message; the customer of the widget, too.

use tertulia_channels as channels;
use tertulia_domain::content::{Content, TEXT_CHARS_MAX, chars, visible};
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::{Direction, Message, Visibility};
use tertulia_domain::span::Span;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_store::{inboxes, messages};

use super::record;
use crate::outbound::{Amendment, amend};
use crate::views::MessageView;
use crate::{Access, Change, Ctx, Engine, Error, Result};

/// New words for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub text: String,
}

/// Changes the words of one's own message.
pub async fn edit(engine: &Engine, ctx: &Ctx, command: Edit) -> Result<MessageView> {
    require_writer(ctx)?;
    let conversation = command.conversation;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let (_, message) = change.message(command.conversation, command.message)?;
            change.require_own(&message)?;
            require_changeable(change, &message)?;
            let message = rewrite(change, message, &command.text, &[])?;
            amend(change, &message, &change.ctx.sender(), Amendment::Edit)?;
            Ok(MessageView::from(&message))
        })
        .await
}

/// People of the account need a permission; a visitor's own messages are its own.
pub(super) fn require_writer(ctx: &Ctx) -> Result<()> {
    match ctx.access {
        Access::Visitor { .. } => Ok(()),
        Access::System
        | Access::User { .. }
        | Access::Token { .. }
        | Access::App { .. }
        | Access::Channel { .. } => {
            ctx.require(tertulia_domain::access::Permission::ConversationsWrite)
        }
    }
}

/// What has left for a channel that cannot take it back stays as it is.
pub(super) fn require_changeable(change: &mut Change<'_, '_>, message: &Message) -> Result<()> {
    let has_left = message.direction == Direction::Out
        && message.visibility == Visibility::Public
        && !message
            .delivery
            .as_ref()
            .is_some_and(|d| matches!(d.status, DeliveryStatus::Queued | DeliveryStatus::Canceled));
    if !has_left {
        return Ok(());
    }
    let door = inboxes::door(change.tx, change.ctx.account_id, message.inbox_id)?;
    let edits = door.is_some_and(|d| channels::of(d.inbox.channel).capabilities().edits);
    if edits {
        return Ok(());
    }
    let detail = "the channel cannot change a message that has been sent".to_owned();
    Err(Error::Invalid { code: "capability_missing", pointer: String::new(), detail })
}

/// Gives a message new words and tells everybody.
pub(crate) fn rewrite(
    change: &mut Change<'_, '_>,
    mut message: Message,
    text: &str,
    spans: &[Span],
) -> Result<Message> {
    message.content = with_text(&message.content, text)?;
    message.text = message.content.plain_text();
    message.spans = spans.to_vec();
    message.edited_at = Some(change.now);
    let account = change.ctx.account_id;
    messages::rewrite(change.tx, account, message.id, &message.content, spans, change.now)?;
    record(change, EventKind::MessageUpdated, &message)?;
    Ok(message)
}

/// The content with other words, if it is of a kind that has words of its own.
fn with_text(content: &Content, text: &str) -> Result<Content> {
    let refused = |e| Error::content("", &e);
    let text = text.to_owned();
    match content {
        Content::Text { .. } => {
            visible("/text", &text, TEXT_CHARS_MAX).map_err(refused)?;
            Ok(Content::Text { text })
        }
        captioned if captioned.needs_attachment() => {
            chars("/text", &text, TEXT_CHARS_MAX).map_err(refused)?;
            Ok(match captioned {
                Content::Image { .. } => Content::Image { text },
                Content::Audio { .. } => Content::Audio { text },
                Content::Video { .. } => Content::Video { text },
                Content::Sticker { .. } => Content::Sticker { text },
                _ => Content::File { text },
            })
        }
        other => {
            let detail = format!("content of the type {} cannot be edited", other.kind());
            Err(Error::invalid("/text", detail))
        }
    }
}
