//! `GET /v1/webhooks`: the endpoints of the account.

use axum::extract::State;
use tertulia_domain::WebhookId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::WebhookView;
use tertulia_store::{Scope, webhooks};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The endpoints of the account, oldest first, without their secrets.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    get,
    path = "/v1/webhooks",
    operation_id = "list_webhooks",
    tag = "webhooks",
    params(PageParams),
    responses((status = 200, body = List<WebhookView>)),
)]
pub(super) async fn list_webhooks(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<WebhookView>, Problem> {
    ctx.require(Permission::WebhooksManage)?;
    let page = listing.page;
    let after = WebhookId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| webhooks::list(tx, account, after, limit))
        .await?;
    Ok(page.answer(found, |item| item.id.0)?.map(|item| WebhookView::from(&item)))
}
