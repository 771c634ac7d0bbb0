//! `GET custom_filters?filter_type=`: those of conversations, unless another kind is named.

use axum::extract::State;
use tertulia_domain::SavedFilterId;
use tertulia_domain::attribute_definition::Subject;
use tertulia_engine::saved_filters::owner;
use tertulia_engine::views::SavedFilterView;
use tertulia_store::{Error, Scope, saved_filters};

use crate::app::App;
use crate::compat::chatwoot::settings::ROWS_MAX;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let (account, user) = (ctx.account_id, owner(&ctx)?);
    let subject = Some(super::read_subject(&fields)?.unwrap_or(Subject::Conversation));
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            saved_filters::list(tx, account, user, subject, SavedFilterId(0), ROWS_MAX)
        })
        .await?;
    let shape = |filter| super::shape(&SavedFilterView::from(filter));
    Ok(Reply(found.iter().map(shape).collect()))
}
