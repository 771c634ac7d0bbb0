//! `GET /v1/tokens`: the API tokens of the account.

use axum::extract::State;
use tertulia_domain::TokenId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::TokenView;
use tertulia_store::{Scope, tokens};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The API tokens that are in force, oldest first; never with their secrets.
///
/// Needs the permission `tokens:manage`.
#[utoipa::path(
    get,
    path = "/v1/tokens",
    operation_id = "list_tokens",
    tag = "tokens",
    params(PageParams),
    responses((status = 200, body = List<TokenView>)),
)]
pub(super) async fn list_tokens(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<TokenView>, Problem> {
    ctx.require(Permission::TokensManage)?;
    let page = listing.page;
    let after = TokenId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());

    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| tokens::list(tx, account, after, limit))
        .await?;
    Ok(page.answer(found, |item| item.id.0)?.map(|item| TokenView::from(&item)))
}
