//! Addresses of contacts on inboxes: `contact_inboxes` and `contactable_inboxes`.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_engine::contacts::{self, Reach};
use tertulia_store::{Error as StoreError, Scope, identities};

use super::shown::visible_inboxes;
use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

/// `POST contacts/{id}/contact_inboxes`: the contact can be written to on an inbox.
pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("contact_inbox");
    let inbox = inbox(&fields)?;
    let address = fields.filled("source_id")?;
    let command = Reach { contact: place.contact_id, inbox, address: address.clone() };
    contacts::reach(&app.engine, &ctx, command).await?;
    let contact = shown::one(&app, &ctx, place.contact_id).await?;
    let all = contact.get("contact_inboxes").and_then(Value::as_array);
    let is_it = |shape: &&Value| {
        let of_inbox = shape.pointer("/inbox/id") == Some(&json!(inbox));
        of_inbox
            && address
                .as_ref()
                .is_none_or(|address| shape.get("source_id") == Some(&json!(address)))
    };
    let made = all.and_then(|all| all.iter().rev().find(is_it)).cloned();
    Ok(Reply(made.ok_or_else(Refusal::not_found)?))
}

/// `GET contacts/{id}/contactable_inboxes`: where the contact can be written to.
pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    let contact = shown::one(&app, &ctx, place.contact_id).await?;
    let all = contact.get("contact_inboxes").cloned().unwrap_or_else(|| json!([]));
    Ok(Reply(json!({"payload": all})))
}

/// `POST contact_inboxes/filter`: the contact behind an address.
pub(super) async fn find(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ContactsRead)?;
    let (inbox, address) = (inbox(&fields)?, fields.required("source_id")?);
    let (account, who) = (ctx.account_id, ctx.clone());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        if visible_inboxes(tx, &who)?.is_some_and(|seen| !seen.contains(&inbox)) {
            return Ok(None);
        }
        identities::resolve(tx, account, inbox, &address)
    });
    let known = read.await?.ok_or_else(Refusal::not_found)?;
    Ok(Reply(shown::one(&app, &ctx, known.contact_id).await?))
}

fn inbox(fields: &Fields) -> Result<InboxId, Refusal> {
    let id = fields.integer("inbox_id")?.map(InboxId);
    id.ok_or_else(|| Refusal::wrong("inbox_id", "is missing"))
}
