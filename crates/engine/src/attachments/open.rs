//! Gives a file out to whoever has its unguessable address.

use std::ops::Range;

use tertulia_domain::attachment::{Attachment, AttachmentState, MediaKind};
use tertulia_store::{Scope, attachments};

use super::thumbnail;
use crate::blobs::ByteStream;
use crate::{Engine, Error, Result};

/// A file, or the small version of a picture.
pub struct Opened {
    pub file: Attachment,
    key: String,
    /// How much there is; the small version is sent whole, whatever its size.
    pub size_bytes: Option<u64>,
}

/// Finds a file by the token of its address.
pub async fn open(engine: &Engine, token: &str, small: bool) -> Result<Opened> {
    let token = token.to_owned();
    let found =
        engine.store.read(Scope::System, move |tx| attachments::by_token(tx, &token)).await?;
    let is_here = |file: &Attachment| file.state == AttachmentState::Ready;
    let file = found.filter(is_here).ok_or(Error::NotFound("file"))?;
    if let Some(key) = file.thumbnail_key.clone().filter(|_| small) {
        return Ok(Opened { file, key, size_bytes: None });
    }
    let (key, size_bytes) = (file.blob_key.clone(), u64::try_from(file.size_bytes).ok());
    Ok(Opened { file, key, size_bytes })
}

impl Opened {
    /// The bytes, or a part of them.
    pub async fn read(&self, engine: &Engine, part: Option<Range<u64>>) -> Result<ByteStream> {
        engine.blobs.read(&self.key, part).await?.ok_or(Error::NotFound("file"))
    }

    /// Whether a browser may show it inside a page.
    #[must_use]
    pub fn is_inline(&self) -> bool {
        match self.file.kind {
            MediaKind::Image | MediaKind::Audio | MediaKind::Video => true,
            MediaKind::File => false,
        }
    }

    /// The media type of what is sent.
    #[must_use]
    pub fn content_type(&self) -> &str {
        match self.size_bytes {
            Some(_) => &self.file.content_type,
            None => thumbnail::media_type(&self.key),
        }
    }
}
