//! `messages` of a customer's conversation: twenty at a time, and writing one.

use axum::extract::State;
use tertulia_domain::MessageId;
use tertulia_domain::attachment::MediaKind;
use tertulia_domain::content::Content;
use tertulia_engine::attachments::{self, Upload};
use tertulia_engine::inbound::{VisitorMessage, accept_visitor_message};
use tertulia_engine::views::{AttachmentView, ConversationView, MessageView};
use tertulia_store::conversations::{Viewer, shown_one};
use tertulia_store::messages::{self, Span};

use super::{At, Customer, shape};
use crate::app::App;
use crate::compat::chatwoot::shapes::{Cast, Scene};
use crate::compat::chatwoot::{Fields, Refusal, Reply};

/// Longest `echo_id`.
const ECHO_BYTES_MAX: usize = 100;

pub(super) async fn list(at: At, State(app): State<App>, fields: Fields) -> Result<Reply, Refusal> {
    let before = fields.integer("before")?.map(MessageId);
    let (account, id) = (at.customer.ctx().account_id, at.id());
    let found = at.customer.read(&app, move |tx| {
        let Some(shown) = shown_one(tx, account, Viewer::SYSTEM, id)? else { return Ok(None) };
        let view = ConversationView::from(&shown);
        let span = match before {
            None => Span::Newest,
            Some(before) => {
                let found = messages::find(tx, account, before)?;
                // A message of another room has a number of another kind.
                let here = found.filter(|message| message.room_id == view.room_id);
                Span::Before(here.map_or(0, |message| message.seq))
            }
        };
        shape::page(tx, account, &view, span)
    });
    let (messages, cast) = found.await?.ok_or_else(Refusal::not_found)?;
    let cast = cast.at(&app);
    Ok(Reply(messages.iter().map(|m| shape::message(&cast, m, None)).collect()))
}

pub(super) async fn create(
    at: At,
    State(app): State<App>,
    mut fields: Fields,
) -> Result<Reply, Refusal> {
    at.customer.require_writer(&app)?;
    let echo_id = fields.filled("echo_id")?;
    if echo_id.as_ref().is_some_and(|id| id.len() > ECHO_BYTES_MAX) {
        return Err(Refusal::wrong("echo_id", &format!("is longer than {ECHO_BYTES_MAX} bytes")));
    }
    let text = fields.filled("content")?.unwrap_or_default();
    let mut files = Vec::new();
    for file in fields.files("attachments") {
        files.push(keep(&app, &at.customer, file).await?);
    }
    let content = content(text, &files)
        .ok_or_else(|| Refusal::invalid("Content can't be blank", &["content"]))?;
    let command = VisitorMessage {
        client_id: client_id(&app, &at, echo_id.as_deref()),
        content,
        attachments: files.into_iter().map(|file| file.token).collect(),
        reply_to: None,
        page: None,
    };
    let message = accept_visitor_message(&app.engine, at.customer.ctx(), command).await?;
    answer(&app, &at.customer, message, echo_id.as_deref()).await
}

/// The message in the customer's form.
pub(super) async fn answer(
    app: &App,
    customer: &Customer,
    message: MessageView,
    echo_id: Option<&str>,
) -> Result<Reply, Refusal> {
    let account = customer.ctx().account_id;
    let shown = message.clone();
    let cast = customer.read(app, move |tx| {
        let scene = Scene { messages: std::slice::from_ref(&shown), ..Scene::default() };
        Cast::read(tx, account, scene)
    });
    let cast = cast.await?.ok_or_else(Refusal::not_found)?.at(app);
    Ok(Reply(shape::message(&cast, &message, echo_id)))
}

/// The same echo of the same customer is the same message; without one every request is a new one.
fn client_id(app: &App, at: &At, echo_id: Option<&str>) -> String {
    let identity = at.customer.known.identity_id;
    match echo_id {
        Some(echo) => format!("echo:{identity}:{echo}"),
        None => {
            let mut bytes = [0; 16];
            app.engine.entropy.fill(&mut bytes);
            format!("once:{}", u128::from_be_bytes(bytes))
        }
    }
}

async fn keep(app: &App, customer: &Customer, file: Upload) -> Result<AttachmentView, Refusal> {
    app.engine.visitor_limits.upload(customer.known.identity_id)?;
    Ok(attachments::upload(&app.engine, customer.ctx(), file).await?)
}

/// Typed content by the first file; `None` when there is neither text nor file.
fn content(text: String, files: &[AttachmentView]) -> Option<Content> {
    match files.first().map(|file| file.kind) {
        Some(MediaKind::Image) => Some(Content::Image { text }),
        Some(MediaKind::Audio) => Some(Content::Audio { text }),
        Some(MediaKind::Video) => Some(Content::Video { text }),
        Some(MediaKind::File) => Some(Content::File { text }),
        None => (!text.is_empty()).then_some(Content::Text { text }),
    }
}
