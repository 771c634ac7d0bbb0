//! `GET labels`.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::LabelId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::LabelView;
use tertulia_store::{Error, Scope, labels};

use crate::app::App;
use crate::compat::chatwoot::settings::ROWS_MAX;
use crate::compat::chatwoot::{Caller, Refusal, Reply};

pub(super) async fn list(Caller(ctx): Caller, State(app): State<App>) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            labels::list(tx, account, LabelId(0), ROWS_MAX)
        })
        .await?;
    let payload: Value = found.iter().map(|label| super::shape(&LabelView::from(label))).collect();
    Ok(Reply(json!({"payload": payload})))
}
