//! `POST contacts`: somebody new, perhaps with an address on an inbox.

use axum::extract::State;
use serde_json::{Map, Value, json};
use tertulia_domain::access::Permission;
use tertulia_domain::{ContactId, InboxId};
use tertulia_engine::Ctx;
use tertulia_engine::contacts::{self, Create, Reach};

use super::said::Said;
use super::shown;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// What somebody is called of whom nothing was said.
const NAMELESS: &str = "Anonymous";

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ContactsWrite)?;
    let fields = fields.of("contact");
    let said = Said::read(&fields)?;
    let inbox = fields.integer("inbox_id")?.map(InboxId);
    let address = fields.filled("source_id")?;
    said.require_unique(&app, ctx.account_id, None).await?;
    let marks = [&said.name, &said.email, &said.phone, &said.identifier];
    let name = marks.into_iter().flatten().find(|mark| !mark.is_empty());
    let command = Create {
        name: name.cloned().unwrap_or_else(|| NAMELESS.to_owned()),
        attributes: present(said.attributes(&Map::new())),
        email: said.email,
        phone: said.phone,
        locale: None,
        labels: Vec::new(),
    };
    let made = contacts::create(&app.engine, &ctx, command).await?;
    let id = made.brief.id;
    if let Some(inbox) = inbox {
        let command = Reach { contact: id, inbox, address };
        contacts::reach(&app.engine, &ctx, command).await?;
    }
    if said.blocked == Some(true) {
        contacts::block(&app.engine, &ctx, id).await?;
    }
    answer(&app, &ctx, id).await
}

/// The contact, and apart from it the address that it was given.
async fn answer(app: &App, ctx: &Ctx, id: ContactId) -> Result<Reply, Refusal> {
    let contact = shown::one(app, ctx, id).await?;
    let nowhere = json!({"inbox": null, "source_id": null});
    let addresses = contact.get("contact_inboxes").and_then(Value::as_array);
    let address = addresses.and_then(|all| all.last()).cloned().unwrap_or(nowhere);
    Ok(Reply(json!({"payload": {"contact": contact, "contact_inbox": address}})))
}

/// A new contact has nothing to take away.
fn present(attributes: Map<String, Value>) -> Map<String, Value> {
    attributes.into_iter().filter(|(_, value)| !value.is_null()).collect()
}
