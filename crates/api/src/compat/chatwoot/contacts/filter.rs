//! `POST contacts/filter`: conditions that people put together.

use axum::extract::State;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_domain::attribute_definition::Subject;
use tertulia_store::{Error as StoreError, Scope, attribute_definitions};

use super::{asked, list};
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
    ctx.require(Permission::ContactsRead)?;
    let clauses = clauses(&fields)?;
    let account = ctx.account_id;
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        let (of, after) = (Some(Subject::Contact), AttributeDefinitionId(0));
        attribute_definitions::list(tx, account, of, after, DEFINITIONS_MAX)
    });
    let question = asked::filter(&clauses, &read.await?, app.engine.clock.now())?;
    let order = asked::order(&fields)?;
    list::answer(&app, &ctx, &fields, vec![question], order, false).await
}
