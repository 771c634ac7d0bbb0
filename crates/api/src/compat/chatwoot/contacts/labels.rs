//! `GET|POST contacts/{id}/labels`: by their names; a new list replaces the old one.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::ContactId;
use tertulia_domain::access::Permission;
use tertulia_domain::contact::Contact;
use tertulia_engine::Ctx;
use tertulia_engine::contacts::set_labels;
use tertulia_store::{Error as StoreError, Scope, contacts};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::conversations::vocabulary;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ContactsRead)?;
    let contact = present(&app, &ctx, place.contact_id).await?;
    Ok(Reply(json!({"payload": contact.labels})))
}

async fn present(app: &App, ctx: &Ctx, id: ContactId) -> Result<Contact, Refusal> {
    let account = ctx.account_id;
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        contacts::shown(tx, account, id)
    });
    let found = read.await?.map(|(contact, _)| contact);
    found.filter(Contact::is_present).ok_or_else(Refusal::not_found)
}

pub(super) async fn set(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ContactsWrite)?;
    let names = fields.texts("labels")?.unwrap_or_default();
    // Nobody's label becomes a word of the account.
    present(&app, &ctx, place.contact_id).await?;
    vocabulary(&app, &ctx, &names).await?;
    let view = set_labels(&app.engine, &ctx, place.contact_id, names).await?;
    Ok(Reply(json!({"payload": view.labels})))
}
