//! `PUT|PATCH contacts/{id}`: what is known, corrected; attributes are merged.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_engine::contacts::{self, Update};
use tertulia_store::{Error as StoreError, Scope};

use super::said::Said;
use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ContactsWrite)?;
    let said = Said::read(&fields.of("contact"))?;
    let (account, id) = (ctx.account_id, place.contact_id);
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        tertulia_store::contacts::find(tx, account, id)
    });
    let before = read.await?.filter(tertulia_domain::contact::Contact::is_present);
    let before = before.ok_or_else(Refusal::not_found)?;
    said.require_unique(&app, account, Some(id)).await?;
    let command = Update {
        attributes: Some(said.attributes(&before.attributes)),
        name: said.name,
        email: said.email,
        phone: said.phone,
        locale: None,
    };
    contacts::update(&app.engine, &ctx, id, command).await?;
    match said.blocked {
        Some(true) => drop(contacts::block(&app.engine, &ctx, id).await?),
        Some(false) => drop(contacts::unblock(&app.engine, &ctx, id).await?),
        None => {}
    }
    Ok(Reply(json!({"payload": shown::one(&app, &ctx, id).await?})))
}
