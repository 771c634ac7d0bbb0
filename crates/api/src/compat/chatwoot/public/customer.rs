//! Who asks: the customer whom the path names, and the conversation of theirs that it names.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use tertulia_domain::ConversationId;
use tertulia_domain::conversation::Conversation;
use tertulia_engine::visitors::customers;
use tertulia_engine::{Ctx, Error};
use tertulia_store::conversations::{self, Viewer};
use tertulia_store::{ReadTx, Scope};

use crate::app::App;
use crate::compat::chatwoot::Refusal;
use crate::extract::{Client, RequestId};

/// A customer that may be answered.
pub(super) struct Customer {
    pub(super) known: customers::Customer,
    ip: String,
}

/// A customer and one of its conversations.
pub(super) struct At {
    pub(super) customer: Customer,
    pub(super) conversation: Conversation,
}

impl FromRequestParts<App> for Customer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let (key, source) =
            (named(parts, app, "inbox_identifier").await?, named(parts, app, "source_id").await?);
        let mut known = customers::recognise(&app.engine, &key, &source).await?;
        known.ctx.request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        let Ok(Client { ip, .. }) = Client::from_request_parts(parts, app).await;
        Ok(Self { known, ip: ip.to_string() })
    }
}

impl FromRequestParts<App> for At {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let customer = Customer::from_request_parts(parts, app).await?;
        let number = named(parts, app, "number").await?;
        let number = number.parse().map_err(|_| Refusal::not_found())?;
        let (account, contact) = (customer.ctx().account_id, customer.known.contact_id);
        let read = app.engine.store.read(Scope::Account(account), move |tx| {
            let id = conversations::by_number(tx, account, Viewer::SYSTEM, number)?;
            match id {
                Some(id) => conversations::find(tx, account, Viewer::SYSTEM, id),
                None => Ok(None),
            }
        });
        let found = read.await?.filter(|conversation| conversation.contact_id == contact);
        Ok(Self { conversation: found.ok_or_else(Refusal::not_found)?, customer })
    }
}

impl Customer {
    pub(super) fn ctx(&self) -> &Ctx {
        &self.known.ctx
    }

    /// Refuses what a blocked contact may not do, and counts it.
    pub(super) fn require_writer(&self, app: &App) -> Result<(), Refusal> {
        if self.known.is_blocked {
            return Err(Error::conflict("contact_blocked", "the contact is blocked").into());
        }
        Ok(app.engine.visitor_limits.message(self.known.identity_id, &self.ip)?)
    }

    /// Reads in the account of the customer.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        app: &App,
        body: impl Fn(&mut ReadTx<'_>) -> tertulia_store::Result<T> + Send + 'static,
    ) -> Result<T, Refusal> {
        Ok(app.engine.store.read(Scope::Account(self.ctx().account_id), body).await?)
    }
}

impl At {
    pub(super) fn id(&self) -> ConversationId {
        self.conversation.id
    }
}

/// A variable part of the path.
async fn named(parts: &mut Parts, app: &App, name: &str) -> Result<String, Refusal> {
    let params = RawPathParams::from_request_parts(parts, app).await;
    let params = params.map_err(|_| Refusal::not_found())?;
    let found = params.iter().find(|(key, _)| *key == name);
    found.map(|(_, value)| value.to_owned()).ok_or_else(Refusal::not_found)
}
