//! How a message is shown.

use serde::{Deserialize, Serialize};
use tertulia_domain::attachment::{Attachment, AttachmentState, MediaKind};
use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::{Direction, Message, Reaction, SenderKind, Visibility};
use tertulia_domain::span::Span;
use tertulia_domain::{AttachmentId, ConversationId, InboxId, MessageId, RoomId, Timestamp};
use utoipa::ToSchema;

/// A message. `seq` is gap-free within the room; a deleted message has an empty text and no files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageView {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub room_id: RoomId,
    pub inbox_id: InboxId,
    pub seq: i64,
    pub client_id: Option<String>,
    pub direction: Direction,
    pub visibility: Visibility,
    pub sender: SenderView,
    pub content: Content,
    /// Plain text of the content, for previews.
    pub text: String,
    /// Formatting of `text`.
    #[serde(default)]
    pub spans: Vec<Span>,
    pub reply_to: Option<QuoteView>,
    pub attachments: Vec<AttachmentView>,
    pub reactions: Vec<Reaction>,
    /// Public outgoing messages only.
    pub delivery: Option<DeliveryView>,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// Who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Sender)]
pub struct SenderView {
    pub kind: SenderKind,
    pub id: Option<i64>,
    pub name: String,
    pub avatar_url: Option<String>,
}

/// What is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Quote)]
pub struct QuoteView {
    pub id: MessageId,
    pub seq: i64,
    pub sender_name: String,
    pub text: String,
}

/// Where an outgoing message is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryView {
    pub status: DeliveryStatus,
    pub code: Option<String>,
    pub detail: Option<String>,
    pub at: Timestamp,
}

/// A file. `url` serves it safely; `token` ties an upload to a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Attachment)]
pub struct AttachmentView {
    pub id: AttachmentId,
    pub token: String,
    pub name: String,
    pub content_type: String,
    pub kind: MediaKind,
    pub size_bytes: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub url: String,
    pub thumbnail_url: Option<String>,
    /// `fetching` and `failed`: there is nothing at `url` yet, or ever.
    pub state: AttachmentState,
    /// Why it could not be fetched.
    pub problem: Option<String>,
}

impl From<&Message> for MessageView {
    fn from(message: &Message) -> Self {
        Self {
            id: message.id,
            conversation_id: message.conversation_id,
            room_id: message.room_id,
            inbox_id: message.inbox_id,
            seq: message.seq,
            client_id: message.client_id.clone(),
            direction: message.direction,
            visibility: message.visibility,
            sender: SenderView {
                kind: message.sender.kind,
                id: message.sender.id,
                name: message.sender.name.clone(),
                avatar_url: None,
            },
            content: message.content.clone(),
            text: message.text.clone(),
            spans: message.spans.clone(),
            reply_to: message.reply_to.as_ref().map(|quote| QuoteView {
                id: quote.id,
                seq: quote.seq,
                sender_name: quote.sender_name.clone(),
                text: quote.text.clone(),
            }),
            attachments: message.attachments.iter().map(AttachmentView::from).collect(),
            reactions: message.reactions.clone(),
            delivery: message.delivery.as_ref().map(|delivery| DeliveryView {
                status: delivery.status,
                code: delivery.code.clone(),
                detail: delivery.detail.clone(),
                at: delivery.at,
            }),
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
            created_at: message.created_at,
        }
    }
}

impl From<&Attachment> for AttachmentView {
    fn from(attachment: &Attachment) -> Self {
        let name: String =
            attachment
                .name
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }
                })
                .collect();
        let url = format!("/files/{}/{name}", attachment.token);
        Self {
            id: attachment.id,
            token: attachment.token.clone(),
            name: attachment.name.clone(),
            content_type: attachment.content_type.clone(),
            kind: attachment.kind,
            size_bytes: attachment.size_bytes,
            width: attachment.width_px,
            height: attachment.height_px,
            thumbnail_url: attachment.thumbnail_key.as_ref().map(|_| format!("{url}?thumbnail=1")),
            url,
            state: attachment.state,
            problem: attachment.problem.clone(),
        }
    }
}
