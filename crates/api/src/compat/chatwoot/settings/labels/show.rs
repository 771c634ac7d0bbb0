//! `GET labels/{id}`.

use axum::extract::State;
use tertulia_domain::LabelId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::LabelView;
use tertulia_store::{Error, Scope, labels};

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
            labels::get(tx, account, LabelId(one.id))
        })
        .await?;
    let label = found.ok_or_else(Refusal::not_found)?;
    Ok(Reply(super::shape(&LabelView::from(&label))))
}
