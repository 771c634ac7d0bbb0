//! `POST conversations/{id}/mute|unmute`: in Chatwoot, to close it and block its contact.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_domain::{ContactId, ConversationId};
use tertulia_engine::{Ctx, contacts};
use tertulia_store::{Scope, conversations};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, Path, Refusal};

pub(super) async fn mute(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Empty, Refusal> {
    ctx.require(Permission::ContactsWrite)?;
    let id = place.find(&app, &ctx).await?;
    let contact = contact_of(&app, &ctx, id).await?;
    tertulia_engine::conversations::resolve(&app.engine, &ctx, id).await?;
    contacts::block(&app.engine, &ctx, contact).await?;
    Ok(Empty)
}

pub(super) async fn unmute(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Empty, Refusal> {
    ctx.require(Permission::ContactsWrite)?;
    let id = place.find(&app, &ctx).await?;
    let contact = contact_of(&app, &ctx, id).await?;
    contacts::unblock(&app.engine, &ctx, contact).await?;
    Ok(Empty)
}

async fn contact_of(app: &App, ctx: &Ctx, id: ConversationId) -> Result<ContactId, Refusal> {
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| conversations::find(tx, account, viewer, id));
    let found = read.await?.ok_or_else(Refusal::not_found)?;
    Ok(found.contact_id)
}
