//! What a file is, and its bytes in their place: the same for uploads and for files that were fetched.

use std::sync::Arc;

use bytes::Bytes;
use tertulia_domain::attachment::{Attachment, AttachmentState, MediaKind};
use tertulia_domain::{AccountId, AttachmentId};

use super::sniff;
use super::thumbnail::{self, Picture};
use crate::{Engine, Error, Result, secret};

/// What people see of a file whose content says nothing.
const UNKNOWN: &str = "application/octet-stream";

/// What the content of a file says.
pub(super) struct Examined {
    content_type: &'static str,
    pub(super) kind: MediaKind,
    picture: Option<Picture>,
}

/// A file to be, with an unguessable address and a place for its bytes.
pub(crate) fn reserve(engine: &Engine, account: AccountId) -> Attachment {
    let entropy = engine.entropy.as_ref();
    Attachment {
        id: AttachmentId(0),
        account_id: account,
        message_id: None,
        token: secret::random(entropy),
        blob_key: format!("{account}/{}", secret::random_hex(entropy)),
        thumbnail_key: None,
        name: String::new(),
        content_type: UNKNOWN.to_owned(),
        kind: MediaKind::File,
        size_bytes: 0,
        width_px: None,
        height_px: None,
        state: AttachmentState::Fetching,
        problem: None,
        created_at: engine.clock.now(),
    }
}

/// Looks into a file; a picture that is too large to open is refused.
pub(super) async fn examine(engine: &Engine, bytes: &Bytes) -> Result<Examined> {
    let (content_type, kind) = sniff::sniff(bytes);
    if kind != MediaKind::Image {
        return Ok(Examined { content_type, kind, picture: None });
    }
    Ok(match read_picture(engine, bytes.clone()).await? {
        Some(picture) => Examined { content_type, kind, picture: Some(picture) },
        None => Examined { content_type: UNKNOWN, kind: MediaKind::File, picture: None },
    })
}

/// Puts the bytes into the place of a file, which is then ready.
pub(super) async fn keep(
    engine: &Engine,
    file: Attachment,
    bytes: Bytes,
    found: Examined,
) -> Result<Attachment> {
    let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    engine.blobs.put(&file.blob_key, bytes).await?;
    let picture = found.picture.as_ref();
    let mut thumbnail_key = None;
    if let Some(thumbnail) = picture.and_then(|picture| picture.thumbnail.as_ref()) {
        let key = format!("{}{}", file.blob_key, thumbnail.suffix);
        engine.blobs.put(&key, thumbnail.bytes.clone()).await?;
        thumbnail_key = Some(key);
    }
    Ok(Attachment {
        thumbnail_key,
        content_type: found.content_type.to_owned(),
        kind: found.kind,
        size_bytes,
        width_px: picture.map(|picture| i64::from(picture.width_px)),
        height_px: picture.map(|picture| i64::from(picture.height_px)),
        state: AttachmentState::Ready,
        ..file
    })
}

/// Takes away bytes that nobody knows; if that fails, too, they only take space.
pub(super) async fn forget(engine: &Engine, file: &Attachment) {
    for key in std::iter::once(&file.blob_key).chain(&file.thumbnail_key) {
        drop(engine.blobs.delete(key).await);
    }
}

/// Decodes on a thread that may block, a few pictures at a time.
async fn read_picture(engine: &Engine, bytes: Bytes) -> Result<Option<Picture>> {
    let place = Arc::clone(&engine.blobs.decoding).acquire_owned().await;
    let place = place.map_err(|error| Error::Internal(error.to_string()))?;
    let settings = Arc::clone(&engine.settings);
    let read = tokio::task::spawn_blocking(move || {
        let picture = thumbnail::read(&bytes, &settings.uploads);
        drop(place);
        picture
    });
    // A decoder that panics has met a file that is no picture.
    read.await.unwrap_or(Ok(None))
}
