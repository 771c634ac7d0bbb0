//! Takes a file in: bytes first, then the row, so that a row never points at nothing.

use bytes::Bytes;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::attachment::Attachment;
use tertulia_domain::inbox::InboxSettings;
use tertulia_store::{Scope, attachments, inboxes};

use super::keep::{examine, forget, keep, reserve};
use super::name;
use crate::views::AttachmentView;
use crate::{Access, Ctx, Engine, Error, Result};

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
    let found = examine(engine, &command.bytes).await?;
    let file = Attachment { name: name::clean(&command.name), ..reserve(engine, ctx.account_id) };
    let file = keep(engine, file, command.bytes, found).await?;
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
        forget(engine, &file).await;
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
        Some(InboxSettings::Api(_)) => Ok(()),
        Some(_) => Err(Error::Invalid {
            code: "capability_missing",
            pointer: "/file".to_owned(),
            detail: "This widget does not take files.".to_owned(),
        }),
        None => Err(Error::NotFound("inbox")),
    }
}
