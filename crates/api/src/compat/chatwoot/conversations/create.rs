//! `POST conversations`: with a contact on an inbox, with or without a first message.

use axum::extract::State;
use serde_json::Map;
use tertulia_domain::access::Permission;
use tertulia_domain::{ContactId, ConversationId, InboxId, TeamId, UserId};
use tertulia_engine::Ctx;
use tertulia_engine::conversations::{self, Open};
use tertulia_store::{Error as StoreError, Scope, identities};

use super::{shown, status};
use crate::app::App;
use crate::compat::chatwoot::messages::{Draft, write};
use crate::compat::chatwoot::shapes::contact::ADDITIONAL;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let mut fields = fields.of("conversation");
    // Everything is read before anything is written.
    let wanted = status::read(&fields)?;
    let until = fields.moment("snoozed_until")?;
    let assignee = fields.integer("assignee_id")?.map(UserId);
    let team = fields.integer("team_id")?.map(TeamId);
    let first = first_message(&mut fields)?;
    let open = read(&app, &ctx, &fields).await?;
    let view = conversations::open(&app.engine, &ctx, open).await?;
    let (id, mut now) = (view.id, view.status);
    if let Some(first) = first {
        write(&app, &ctx, id, first).await?;
        now = status::current(&app, &ctx, id).await?;
    }
    if assignee.is_some() {
        conversations::assign(&app.engine, &ctx, id, assignee).await?;
    }
    if team.is_some() {
        conversations::assign_team(&app.engine, &ctx, id, team).await?;
    }
    // A new conversation of an inbox with a bot is pending, whatever was asked for, as in Chatwoot.
    if let Some(wanted) = wanted.filter(|wanted| *wanted != now && !is_forced(*wanted, now)) {
        status::set(&app, &ctx, (id, now), wanted, until).await?;
    }
    answer(&app, &ctx, id).await
}

async fn answer(app: &App, ctx: &Ctx, id: ConversationId) -> Result<Reply, Refusal> {
    Ok(Reply(shown::one(app, ctx, id).await?))
}

/// The bot has it first; and without a bot there is nobody for whom a conversation could be pending.
fn is_forced(
    wanted: tertulia_domain::status::Status,
    now: tertulia_domain::status::Status,
) -> bool {
    use tertulia_domain::status::Status as S;
    matches!((wanted, now), (S::Open, S::Pending) | (S::Pending, S::Open))
}

fn first_message(fields: &mut Fields) -> Result<Option<Draft>, Refusal> {
    let Some(message) = fields.object("message")?.filter(|message| !message.is_empty()) else {
        return Ok(None);
    };
    let mut message = Fields::from(message);
    Draft::read(&mut message).map(Some)
}

async fn read(app: &App, ctx: &Ctx, fields: &Fields) -> Result<Open, Refusal> {
    let inbox = fields.integer("inbox_id")?.map(InboxId);
    let inbox = inbox.ok_or_else(|| Refusal::wrong("inbox_id", "is missing"))?;
    let address = fields.filled("source_id")?;
    let contact = match fields.integer("contact_id")?.map(ContactId) {
        Some(contact) => contact,
        None => behind(app, ctx, inbox, address.clone()).await?,
    };
    let mut attributes = fields.object("custom_attributes")?.unwrap_or_else(Map::new);
    if let Some(additional) = fields.object("additional_attributes")?.filter(|a| !a.is_empty()) {
        attributes.insert(ADDITIONAL.to_owned(), additional.into());
    }
    Ok(Open { contact, inbox, address, attributes })
}

/// The contact behind an address.
async fn behind(
    app: &App,
    ctx: &Ctx,
    inbox: InboxId,
    address: Option<String>,
) -> Result<ContactId, Refusal> {
    let address = address.ok_or_else(|| Refusal::wrong("contact_id", "is missing"))?;
    let account = ctx.account_id;
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        identities::resolve(tx, account, inbox, &address)
    });
    read.await?.map(|known| known.contact_id).ok_or_else(Refusal::not_found)
}
