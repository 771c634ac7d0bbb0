//! `GET custom_filters/{id}`.

use axum::extract::State;
use tertulia_domain::SavedFilterId;
use tertulia_engine::saved_filters::owner;
use tertulia_engine::views::SavedFilterView;
use tertulia_store::{Error, Scope, saved_filters};

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    let (account, user) = (ctx.account_id, owner(&ctx)?);
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            saved_filters::get(tx, account, user, SavedFilterId(one.id))
        })
        .await?;
    let filter = found.ok_or_else(Refusal::not_found)?;
    Ok(Reply(super::shape(&SavedFilterView::from(&filter))))
}
