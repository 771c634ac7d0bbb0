//! Takes a file in: bytes first, then the row, so that a row never points at nothing.

use std::sync::Arc;

use bytes::Bytes;
use tertulia_domain::access::Permission;
use tertulia_domain::attachment::{Attachment, MediaKind};
use tertulia_domain::inbox::InboxSettings;
use tertulia_domain::{AttachmentId, InboxId};
use tertulia_store::{Scope, attachments, inboxes};

use super::thumbnail::{self, Picture};
use super::{name, sniff};
use crate::views::AttachmentView;
use crate::{Access, Ctx, Engine, Error, Result, secret};

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Upload {
    pub name: String,
    pub bytes: Bytes,
}

/// Keeps a file for a message to come. Unless one takes it, it is gone after a day.
pub async fn upload(engine: &Engine, ctx: &Ctx, command: Upload) -> Result<AttachmentView> {
    require(engine, ctx).await?;
    let limits = &engine.settings.uploads;
    if command.bytes.is_empty() {
        return Err(Error::invalid("/file", "The file is empty."));
    }
    if command.bytes.len() > limits.bytes_max {
        let detail = format!("The file is larger than {} bytes.", limits.bytes_max);
        let (code, pointer) = ("body_too_large", "/file".to_owned());
        return Err(Error::Invalid { code, pointer, detail });
    }
    let (mut content_type, mut kind) = sniff::sniff(&command.bytes);
    let mut picture = None;
    if kind == MediaKind::Image {
        picture = read_picture(engine, command.bytes.clone()).await?;
        if picture.is_none() {
            (content_type, kind) = ("application/octet-stream", MediaKind::File);
        }
    }
    let file = keep(engine, ctx, &command, picture, (content_type, kind)).await?;
    let row = file.clone();
    let saved = engine
        .commit(ctx, move |change| {
            let owner = change.ctx.principal();
            let id = attachments::create(change.tx, &row, &owner)?;
            Ok(AttachmentView::from(&Attachment { id, ..row.clone() }))
        })
        .await;
    if saved.is_err() {
        // Nobody knows these bytes; if they cannot be removed either, they only take space.
        for key in std::iter::once(&file.blob_key).chain(&file.thumbnail_key) {
            drop(engine.blobs.delete(key).await);
        }
    }
    saved
}

async fn require(engine: &Engine, ctx: &Ctx) -> Result<()> {
    let Access::Visitor { inbox, .. } = &ctx.access else {
        return match ctx.access {
            Access::Channel { .. } => Ok(()),
            _ => ctx.require(Permission::ConversationsWrite),
        };
    };
    let (account, inbox): (_, InboxId) = (ctx.account_id, *inbox);
    let found = engine
        .store
        .read(Scope::Account(account), move |tx| inboxes::get(tx, account, inbox))
        .await?;
    match found.map(|inbox| inbox.settings) {
        Some(InboxSettings::Widget(settings)) if settings.attachments_enabled => Ok(()),
        Some(_) => Err(Error::Invalid {
            code: "capability_missing",
            pointer: "/file".to_owned(),
            detail: "This widget does not take files.".to_owned(),
        }),
        None => Err(Error::NotFound("inbox")),
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

async fn keep(
    engine: &Engine,
    ctx: &Ctx,
    command: &Upload,
    picture: Option<Picture>,
    (content_type, kind): (&str, MediaKind),
) -> Result<Attachment> {
    let token = secret::random(engine.entropy.as_ref());
    let blob_key = format!("{}/{}", ctx.account_id, secret::random_hex(engine.entropy.as_ref()));
    engine.blobs.put(&blob_key, command.bytes.clone()).await?;
    let mut thumbnail_key = None;
    if let Some(thumbnail) = picture.as_ref().and_then(|picture| picture.thumbnail.as_ref()) {
        let key = format!("{blob_key}{}", thumbnail.suffix);
        engine.blobs.put(&key, thumbnail.bytes.clone()).await?;
        thumbnail_key = Some(key);
    }
    Ok(Attachment {
        id: AttachmentId(0),
        account_id: ctx.account_id,
        message_id: None,
        token,
        blob_key,
        thumbnail_key,
        name: name::clean(&command.name),
        content_type: content_type.to_owned(),
        kind,
        size_bytes: i64::try_from(command.bytes.len()).unwrap_or(i64::MAX),
        width_px: picture.as_ref().map(|picture| i64::from(picture.width_px)),
        height_px: picture.as_ref().map(|picture| i64::from(picture.height_px)),
        created_at: engine.clock.now(),
    })
}
