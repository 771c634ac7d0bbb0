//! `POST conversations/filter`: conditions that people put together.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_domain::attribute_definition::Subject;
use tertulia_store::conversations::{self, By, Order};
use tertulia_store::{Error as StoreError, Scope, attribute_definitions};

use super::asked::{self, PAGE};
use super::{list, shown};
use crate::app::App;
use crate::compat::chatwoot::filter::clauses;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// Definitions of an account that are looked at.
const DEFINITIONS_MAX: i64 = 1_000;

pub(super) async fn filter(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let clauses = clauses(&fields)?;
    let page = asked::page(&fields, PAGE)?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let (of, after) = (Some(Subject::Conversation), AttributeDefinitionId(0));
        attribute_definitions::list(tx, account, of, after, DEFINITIONS_MAX)
    });
    let questions = vec![asked::filter(&clauses, &read.await?, app.engine.clock.now())?];
    let tally = list::tally(&app, &ctx, questions.clone()).await?;
    let order = Order { by: By::LastActivity, descending: true };
    let payload = shown::many(&app, &ctx, move |tx| {
        conversations::ask(tx, account, viewer, &questions, order, page)
    });
    Ok(Reply(json!({"meta": shown::counts(tally), "payload": payload.await?})))
}
