//! Who asks: a visitor by its token, from a page that may ask.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use tertulia_domain::ConversationId;
use tertulia_domain::conversation::Conversation;
use tertulia_engine::visitors::{self, Visitor};
use tertulia_engine::{Ctx, Idempotency};
use tertulia_store::{Scope, conversations};

use crate::app::App;
use crate::extract::{Client, RequestId, bearer, is_same_origin};
use crate::problem::Problem;

/// A visitor that may be answered.
pub(crate) struct Guest {
    pub(super) visitor: Visitor,
    pub(super) token: String,
    pub(super) ip: String,
}

/// A visitor that need not be proven, for the request that proves it.
pub(crate) struct Unproven(pub(super) Guest);

impl FromRequestParts<App> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token(parts)?;
        let visitor = visitors::authenticate(&app.engine, &token).await?;
        admit(parts, app, visitor, token).await
    }
}

impl FromRequestParts<App> for Unproven {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token(parts)?;
        let visitor = visitors::recognise(&app.engine, &token).await?;
        admit(parts, app, visitor, token).await.map(Self)
    }
}

fn token(parts: &Parts) -> Result<String, Problem> {
    bearer(&parts.headers)?.map(str::to_owned).ok_or_else(|| {
        let detail = "Send the visitor's token as `Authorization: Bearer`.";
        Problem::unauthenticated("token_invalid", detail)
    })
}

async fn admit(
    parts: &mut Parts,
    app: &App,
    mut visitor: Visitor,
    token: String,
) -> Result<Guest, Problem> {
    require_origin(app, &parts.headers, &visitor.settings.allowed_origins)?;
    app.engine.visitor_limits.request(visitor.identity_id)?;
    visitor.ctx.request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
    visitor.ctx.idempotency = parts.extensions.get::<Idempotency>().cloned();
    let Ok(Client { ip, .. }) = Client::from_request_parts(parts, app).await;
    Ok(Guest { visitor, token, ip: ip.to_string() })
}

impl Guest {
    pub(super) fn ctx(&self) -> &Ctx {
        &self.visitor.ctx
    }

    /// Refuses what a blocked contact may not do, and counts it.
    pub(super) fn require_writer(&self, app: &App) -> Result<(), Problem> {
        if self.visitor.is_blocked {
            let detail = "The conversation is closed for you.";
            return Err(Problem::new(StatusCode::FORBIDDEN, "contact_blocked", detail));
        }
        Ok(app.engine.visitor_limits.message(self.visitor.identity_id, &self.ip)?)
    }

    /// The visitor's newest conversation, if it has one.
    pub(super) async fn conversation(&self, app: &App) -> Result<Option<Conversation>, Problem> {
        let (account, contact) = (self.ctx().account_id, self.visitor.contact_id);
        let read = app.engine.store.read(Scope::Account(account), move |tx| {
            conversations::newest_of_contact(tx, account, contact, None)
        });
        Ok(read.await?)
    }

    /// The conversation of a message that is in the visitor's own room.
    pub(super) async fn conversation_of(
        &self,
        app: &App,
        message: tertulia_domain::MessageId,
    ) -> Result<ConversationId, Problem> {
        let (account, room) = (self.ctx().account_id, self.room());
        let read = app.engine.store.read(Scope::Account(account), move |tx| {
            tertulia_store::messages::find(tx, account, message)
        });
        let found = read.await?.filter(|message| Some(message.room_id) == room);
        found.map(|message| message.conversation_id).ok_or_else(|| Problem::not_found("message"))
    }

    pub(super) fn room(&self) -> Option<tertulia_domain::RoomId> {
        match self.ctx().access {
            tertulia_engine::Access::Visitor { room, .. } => room,
            tertulia_engine::Access::System
            | tertulia_engine::Access::User { .. }
            | tertulia_engine::Access::Token { .. }
            | tertulia_engine::Access::App { .. }
            | tertulia_engine::Access::Channel { .. } => None,
        }
    }
}

/// Refuses a page that is neither ours nor on the list. Apps send no origin and have the token.
pub(super) fn require_origin(
    app: &App,
    headers: &HeaderMap,
    allowed: &[String],
) -> Result<(), Problem> {
    if Asker::of(app, headers).may_ask(allowed) {
        return Ok(());
    }
    let detail = "This website may not use the widget.";
    Err(Problem::new(StatusCode::FORBIDDEN, "origin_not_allowed", detail)
        .hint("An administrator adds the website to the inbox's allowed origins."))
}

/// The page behind a request, in as few bytes as an open socket should hold: a header's value keeps
/// the whole buffer alive that the request was read into.
pub(super) enum Asker {
    /// No page, or one of ours.
    Own,
    Foreign(Box<str>),
}

impl Asker {
    pub(super) fn of(app: &App, headers: &HeaderMap) -> Self {
        match headers.get(header::ORIGIN) {
            None => Self::Own,
            Some(_) if is_same_origin(app.public_url(), headers) => Self::Own,
            // An origin that is no text is on nobody's list.
            Some(origin) => Self::Foreign(origin.to_str().unwrap_or_default().into()),
        }
    }

    /// Whether the page is ours, on the list, or no page at all.
    pub(super) fn may_ask(&self, allowed: &[String]) -> bool {
        match self {
            Self::Own => true,
            Self::Foreign(origin) => visitors::allows(allowed, origin),
        }
    }
}
