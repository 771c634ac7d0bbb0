//! `GET /v1/labels`: the labels of the account.

use axum::extract::State;
use tertulia_domain::LabelId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::LabelView;
use tertulia_store::{Scope, labels};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The labels of the account, oldest first.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/labels",
    operation_id = "list_labels",
    tag = "labels",
    params(PageParams),
    responses((status = 200, body = List<LabelView>)),
)]
pub(super) async fn list_labels(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<LabelView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let page = listing.page;
    let after = LabelId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());

    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| labels::list(tx, account, after, limit))
        .await?;
    Ok(page.answer(found, |item| item.id.0)?.map(|item| LabelView::from(&item)))
}
