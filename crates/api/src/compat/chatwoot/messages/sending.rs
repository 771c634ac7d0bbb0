//! Writing a message: what clients of Chatwoot say about one, as one of our use cases.

use axum::http::StatusCode;
use serde_json::{Map, Value};
use tertulia_domain::access::Permission;
use tertulia_domain::attachment::MediaKind;
use tertulia_domain::message::Visibility;
use tertulia_domain::{ConversationId, MessageId, Timestamp};
use tertulia_engine::attachments::{self, Upload};
use tertulia_engine::inbound::{Relay, relay};
use tertulia_engine::messages::{Send, send};
use tertulia_engine::views::MessageView;
use tertulia_engine::{Ctx, Error};
use tertulia_store::{Error as StoreError, Scope, attachments as files, conversations, messages};

use crate::app::App;
use crate::compat::chatwoot::shapes::content::{Said, read};
use crate::compat::chatwoot::{Fields, Refusal};

/// Messages of one conversation in a minute.
const PER_MINUTE_MAX: i64 = 200;
const MINUTE_SECS: u64 = 60;
/// Files of one message.
const FILES_MAX: usize = 15;

/// A message as a client wants it.
#[derive(Debug, Clone)]
pub(in super::super) struct Draft {
    said: Said,
    is_incoming: bool,
    is_private: bool,
    source_id: Option<String>,
    reply_to: Option<MessageId>,
    sent_at: Option<Timestamp>,
    uploads: Vec<Upload>,
    /// Tokens of files that were uploaded before.
    tokens: Vec<String>,
}

impl Draft {
    /// Reads the parameters of a message.
    pub(in super::super) fn read(fields: &mut Fields) -> Result<Self, Refusal> {
        if fields.object("template_params")?.is_some_and(|params| !params.is_empty()) {
            return Err(Refusal::wrong(
                "template_params",
                "is of no use: there are no templates here yet",
            ));
        }
        let attributes = fields.object("content_attributes")?.unwrap_or_default();
        let is_incoming = match fields.filled("message_type")?.as_deref() {
            None | Some("outgoing" | "1") => false,
            Some("incoming" | "0") => true,
            Some(_) => return Err(Refusal::wrong("message_type", "must be incoming or outgoing")),
        };
        let uploads = fields.files("attachments");
        let tokens = fields.texts("attachments")?.unwrap_or_default();
        if uploads.len() + tokens.len() > FILES_MAX {
            return Err(Refusal::wrong("attachments", &format!("has more than {FILES_MAX} files")));
        }
        Ok(Self {
            reply_to: reply_to(&attributes)?,
            said: Said {
                text: fields.text("content")?.unwrap_or_default(),
                kind: fields.filled("content_type")?.unwrap_or_default(),
                attributes,
                file: None,
            },
            is_incoming,
            is_private: fields.flag("private")?.unwrap_or(false),
            source_id: fields.filled("source_id")?,
            sent_at: fields.moment("external_created_at")?,
            uploads,
            tokens,
        })
    }
}

/// Which message is answered: clients write numbers and texts.
fn reply_to(attributes: &Map<String, Value>) -> Result<Option<MessageId>, Refusal> {
    let wrong = || Refusal::wrong("content_attributes[in_reply_to]", "must be the id of a message");
    match attributes.get("in_reply_to") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => text.trim().parse().map(Some).map_err(|_| wrong()),
        Some(value) => value.as_i64().map(|id| Some(MessageId(id))).ok_or_else(wrong),
    }
}

/// Writes the message into the conversation.
pub(in super::super) async fn write(
    app: &App,
    ctx: &Ctx,
    conversation: ConversationId,
    draft: Draft,
) -> Result<MessageView, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    require_pace(app, ctx, conversation).await?;
    let (attachments, file) = take_files(app, ctx, draft.uploads, draft.tokens).await?;
    let content = read(Said { file, ..draft.said })?;
    if draft.is_incoming {
        let command = Relay {
            conversation,
            content,
            attachments,
            external_id: draft.source_id,
            reply_to: draft.reply_to,
            sent_at: draft.sent_at,
        };
        return relay(&app.engine, ctx, command).await.map_err(only_in_api_inboxes);
    }
    let visibility = if draft.is_private { Visibility::Note } else { Visibility::Public };
    let command = Send {
        conversation,
        content,
        spans: Vec::new(),
        visibility,
        client_id: None,
        external_id: draft.source_id,
        reply_to: draft.reply_to,
        attachments,
        expected_seq: None,
    };
    match send(&app.engine, ctx, command.clone()).await {
        // Bots go on writing after they have handed over: people see it, the customer does not.
        Err(Error::NotInControl { .. }) => {
            let suggestion = Send { visibility: Visibility::Note, ..command };
            Ok(send(&app.engine, ctx, suggestion).await?)
        }
        sent => Ok(sent?),
    }
}

fn only_in_api_inboxes(error: Error) -> Refusal {
    match error {
        Error::Invalid { code: "capability_missing", .. } => {
            Refusal::unprocessable("Incoming messages are only allowed in Api inboxes")
        }
        other => other.into(),
    }
}

/// Keeps the files; answers their tokens, and what the first one is.
async fn take_files(
    app: &App,
    ctx: &Ctx,
    uploads: Vec<Upload>,
    mut tokens: Vec<String>,
) -> Result<(Vec<String>, Option<MediaKind>), Refusal> {
    let mut first = None;
    if let Some(token) = tokens.first().cloned() {
        let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(ctx.account_id), {
            move |tx| files::by_token(tx, &token)
        });
        let found = read.await?.filter(|file| file.account_id == ctx.account_id);
        first = Some(found.ok_or_else(|| Refusal::wrong("attachments", "names no upload"))?.kind);
    }
    for upload in uploads {
        let view = attachments::upload(&app.engine, ctx, upload).await?;
        first = first.or(Some(view.kind));
        tokens.push(view.token);
    }
    Ok((tokens, first))
}

/// Refuses the message that would be too many in this minute.
async fn require_pace(app: &App, ctx: &Ctx, id: ConversationId) -> Result<(), Refusal> {
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let Some(c) = conversations::find(tx, account, viewer, id)? else { return Ok(None) };
        let first = c.last_seq - PER_MINUTE_MAX + 1;
        if first < c.first_seq {
            return Ok(None);
        }
        messages::written_at(tx, account, c.room_id, first)
    });
    let minute = std::time::Duration::from_secs(MINUTE_SECS);
    match read.await? {
        Some(at) if app.engine.clock.now().since(at) < minute => {
            Err(Refusal::error(StatusCode::UNPROCESSABLE_ENTITY, "Too many messages"))
        }
        Some(_) | None => Ok(()),
    }
}
