//! `GET contacts` and `GET contacts/search`: pages of contacts.

use axum::extract::State;
use serde_json::{Map, Value, json};
use tertulia_domain::access::Permission;
use tertulia_engine::Ctx;
use tertulia_store::contacts::{self, Order};
use tertulia_store::{Error as StoreError, Scope};

use super::asked::{self, PAGE, Question};
use super::shown;
use crate::app::App;
use crate::compat::chatwoot::conversations::page;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ContactsRead)?;
    let mut questions = vec![asked::known()];
    let labels = fields.texts("labels")?.unwrap_or_default();
    if !labels.is_empty() {
        questions.push(asked::labelled(labels));
    }
    let order = asked::order(&fields)?;
    answer(&app, &ctx, &fields, questions, order, false).await
}

pub(super) async fn search(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ContactsRead)?;
    let Some(words) = fields.filled("q")? else {
        return Err(Refusal::unprocessable("Specify search string with parameter q"));
    };
    let order = asked::order(&fields)?;
    answer(&app, &ctx, &fields, vec![asked::words(&words)], order, true).await
}

/// A page of what is asked for. A search counts its page and says whether there is more; a list counts
/// everything.
pub(super) async fn answer(
    app: &App,
    ctx: &Ctx,
    fields: &Fields,
    questions: Vec<Question>,
    order: Order,
    is_search: bool,
) -> Result<Reply, Refusal> {
    let with_inboxes = fields.flag("include_contact_inboxes")?.unwrap_or(true);
    let (skip, rows) = page(fields, PAGE)?;
    let account = ctx.account_id;
    let asked = questions.clone();
    let found = shown::many(app, ctx, with_inboxes, move |tx| {
        // One more than the page tells whether there is more.
        contacts::ask(tx, account, &asked, order, (skip, rows + 1))
    });
    let mut payload = found.await?;
    let size = usize::try_from(rows).unwrap_or(usize::MAX);
    let has_more = payload.len() > size;
    payload.truncate(size);
    let mut meta = Map::new();
    let mut put = |name: &str, value: Value| drop(meta.insert(name.to_owned(), value));
    if is_search {
        put("count", payload.len().into());
        put("has_more", has_more.into());
    } else {
        let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
            contacts::tally(tx, account, &questions)
        });
        put("count", read.await?.into());
    }
    put("current_page", (skip / rows + 1).into());
    Ok(Reply(json!({"meta": meta, "payload": payload})))
}
