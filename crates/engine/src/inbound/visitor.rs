//! A visitor of a website writes: its identity is known before the message is.

use serde_json::json;
use tertulia_domain::MessageId;
use tertulia_domain::content::Content;
use tertulia_domain::message::{Message, SenderKind, Visibility};
use tertulia_store::identities::Known;
use tertulia_store::{identities, inboxes, messages};

use super::message::{Arrival, receive};
use super::{Origin, enter};
use crate::messages::{Files, check, quote};
use crate::views::MessageView;
use crate::{Access, Change, Ctx, Engine, Error, Result};

/// What a visitor writes.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitorMessage {
    /// Made by the visitor's browser; the same value again gives the same message again.
    pub client_id: String,
    pub content: Content,
    /// Tokens of uploads.
    pub attachments: Vec<String>,
    pub reply_to: Option<MessageId>,
    pub page: Option<Page>,
}

/// The page that the visitor was on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub url: Option<String>,
    pub title: Option<String>,
    pub referrer: Option<String>,
}

/// Takes in a visitor's message; answers it as it is stored.
pub async fn accept_visitor_message(
    engine: &Engine,
    ctx: &Ctx,
    command: VisitorMessage,
) -> Result<MessageView> {
    let Access::Visitor { .. } = ctx.access else {
        return Err(Error::Internal("only a visitor writes as a visitor".to_owned()));
    };
    check(&command.content, &command.attachments, Some(&command.client_id))?;
    require_customers_content(&command.content)?;
    engine
        .transact(ctx, move |change| {
            let message = write(change, &command)?;
            Ok(MessageView::from(&message))
        })
        .await
}

/// Forms, buttons and the like are the business's to send.
pub(super) fn require_customers_content(content: &Content) -> Result<()> {
    match content {
        Content::Text { .. }
        | Content::Image { .. }
        | Content::File { .. }
        | Content::Audio { .. }
        | Content::Video { .. }
        | Content::Sticker { .. }
        | Content::Location { .. }
        | Content::Contact { .. }
        | Content::Reply { .. } => Ok(()),
        Content::Buttons { .. }
        | Content::Cards { .. }
        | Content::Form { .. }
        | Content::Template { .. }
        | Content::Email { .. }
        | Content::Unsupported { .. }
        | Content::Activity { .. } => {
            let detail = format!("a visitor cannot send content of the type {}", content.kind());
            Err(Error::invalid("/content/type", detail))
        }
    }
}

fn write(change: &mut Change<'_, '_>, command: &VisitorMessage) -> Result<Message> {
    let Access::Visitor { inbox, identity, .. } = change.ctx.access else {
        return Err(Error::Internal("only a visitor writes as a visitor".to_owned()));
    };
    let account = change.ctx.account_id;
    let door = inboxes::door(change.tx, account, inbox)?.filter(|door| door.inbox.enabled);
    let door = door.ok_or(Error::NotFound("inbox"))?;
    let known = identities::known(change.tx, account, identity)?.ok_or_else(|| {
        let detail = "this visitor is no longer known".to_owned();
        Error::Unauthenticated { code: "token_invalid", detail }
    })?;
    if known.blocked {
        return Err(Error::conflict("contact_blocked", "the contact is blocked"));
    }
    let room = enter(change, &known)?;
    let before = messages::by_client_id(change.tx, account, room, &command.client_id)?;
    if let Some(message) = before {
        return own(&known, message);
    }
    let reply_to = quote(change, room, command.reply_to, Visibility::Public)?;
    let arrival = Arrival {
        content: &command.content,
        spans: &[],
        author: None,
        client_id: Some(&command.client_id),
        external_id: None,
        reply_to,
        files: Files {
            owner: Some(change.ctx.principal()),
            tokens: &command.attachments,
            named: &[],
        },
        sent_at: None,
        origin: origin(command.page.as_ref()),
    };
    receive(change, &door, &known, room, arrival)
}

fn own(known: &Known, message: Message) -> Result<Message> {
    if message.sender.id == Some(known.contact_id.0) && message.sender.kind == SenderKind::Customer
    {
        return Ok(message);
    }
    Err(Error::invalid("/client_id", "was used by somebody else in this room"))
}

fn origin(page: Option<&Page>) -> Origin {
    page.map(|page| json!({ "url": page.url, "title": page.title, "referrer": page.referrer }))
}
