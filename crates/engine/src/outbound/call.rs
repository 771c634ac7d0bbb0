//! One call, with the bytes of its files. No transaction is open while this waits.

use bytes::{Bytes, BytesMut};
use futures_util::TryStreamExt;
use tertulia_channels::{self as channels, Call, Delivered, Files, SendError};
use tertulia_domain::attachment::Attachment;
use tertulia_domain::inbox::Inbox;

use crate::{Engine, Result, secret};

/// Makes the call.
pub(super) async fn make(
    engine: &Engine,
    inbox: &Inbox,
    files: &[Attachment],
    call: Call,
) -> Result<Delivered, SendError> {
    let mut bytes = Vec::new();
    for index in call.files() {
        bytes.push(load(engine, files.get(index)).await?);
    }
    let boundary = secret::random_hex(engine.entropy.as_ref());
    let files = Files { bytes, boundary: &boundary };
    channels::send(inbox.channel, &engine.http, call, &files, engine.clock.now()).await
}

/// A file from its place. A store that fails is no failure of the message.
async fn load(engine: &Engine, file: Option<&Attachment>) -> Result<Bytes, SendError> {
    let gone = || SendError::Rejected {
        code: "file_gone".to_owned(),
        detail: "the file is not there any more".to_owned(),
    };
    let later = |detail: String| SendError::RetryAfter { delay: None, detail };
    let key = &file.ok_or_else(gone)?.blob_key;
    let found = engine.blobs.read(key, None).await.map_err(|error| later(error.to_string()))?;
    let read = found.ok_or_else(gone)?.try_fold(BytesMut::new(), |mut all, piece| async move {
        all.extend_from_slice(&piece);
        Ok(all)
    });
    Ok(read.await.map_err(|error| later(error.to_string()))?.freeze())
}
