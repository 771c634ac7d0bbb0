//! `GET custom_attribute_definitions/{id}`.

use axum::extract::State;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::AttributeDefinitionView;
use tertulia_store::{Error, Scope, attribute_definitions};

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            attribute_definitions::get(tx, account, AttributeDefinitionId(one.id))
        })
        .await?;
    let definition = found.ok_or_else(Refusal::not_found)?;
    Ok(Reply(super::shape(&AttributeDefinitionView::from(&definition))))
}
