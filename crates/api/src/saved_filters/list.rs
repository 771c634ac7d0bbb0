//! `GET /v1/saved-filters`: the filters of the person who asks.

use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::SavedFilterId;
use tertulia_domain::attribute_definition::Subject;
use tertulia_engine::saved_filters::owner;
use tertulia_engine::views::SavedFilterView;
use tertulia_store::{Scope, saved_filters};
use utoipa::IntoParams;

use crate::app::App;
use crate::extract::{Auth, List, Listing, PageParams};
use crate::problem::Problem;

/// Which ones.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SavedFilterFilter {
    subject: Option<Subject>,
}

/// Your filters, oldest first. Nobody else sees them.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/saved-filters",
    operation_id = "list_saved_filters",
    tag = "saved filters",
    params(SavedFilterFilter, PageParams),
    responses((status = 200, body = List<SavedFilterView>)),
)]
pub(super) async fn list_saved_filters(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<SavedFilterFilter>,
) -> Result<List<SavedFilterView>, Problem> {
    let user = owner(&ctx)?;
    let Listing { page, filter } = listing;
    let after = SavedFilterId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| {
            saved_filters::list(tx, account, user, filter.subject, after, limit)
        })
        .await?;
    let list = page.answer(found, |item| item.id.0)?;
    Ok(list.map(|item| SavedFilterView::from(&item)))
}
