//! Files of messages: what they are (sniffed, never claimed) and how they are shown.

use crate::closed::closed_enum;
use crate::{AccountId, AttachmentId, MessageId, Timestamp};

closed_enum! {
    /// How a file is presented.
    MediaKind {
        Image = "image",
        Audio = "audio",
        Video = "video",
        /// Anything else: offered as a download, never shown inline.
        File = "file",
    }
}

closed_enum! {
    /// Whether the bytes of a file are here.
    AttachmentState {
        Ready = "ready",
        /// A message named it; it is being fetched.
        Fetching = "fetching",
        /// It could not be fetched, for good.
        Failed = "failed",
    }
}

/// A stored file. `token` is the unguessable part of its address; `blob_key` its place in the blob store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub account_id: AccountId,
    pub message_id: Option<MessageId>,
    pub token: String,
    pub blob_key: String,
    pub thumbnail_key: Option<String>,
    pub name: String,
    pub content_type: String,
    pub kind: MediaKind,
    pub size_bytes: i64,
    pub width_px: Option<i64>,
    pub height_px: Option<i64>,
    pub state: AttachmentState,
    /// Why it could not be fetched.
    pub problem: Option<String>,
    pub created_at: Timestamp,
}
