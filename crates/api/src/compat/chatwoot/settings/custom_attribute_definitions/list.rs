//! `GET custom_attribute_definitions?attribute_model=`: all, or those of one model.

use axum::extract::State;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::AttributeDefinitionView;
use tertulia_store::{Error, Scope, attribute_definitions};

use super::words;
use crate::app::App;
use crate::compat::chatwoot::settings::ROWS_MAX;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let (account, subject) = (ctx.account_id, words::read_model(&fields)?);
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            attribute_definitions::list(tx, account, subject, AttributeDefinitionId(0), ROWS_MAX)
        })
        .await?;
    let shape = |definition| super::shape(&AttributeDefinitionView::from(definition));
    Ok(Reply(found.iter().map(shape).collect()))
}
