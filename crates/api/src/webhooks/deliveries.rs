//! `GET /v1/webhooks/{id}/deliveries`: what was sent, and what came back.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_domain::{DeliveryId, WebhookId};
use tertulia_engine::Error;
use tertulia_engine::views::WebhookDeliveryView;
use tertulia_store::{Scope, deliveries, webhooks};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams, Path};
use crate::problem::Problem;

/// The deliveries of an endpoint, newest first; settled ones are kept for 30 days.
///
/// Needs the permission `webhooks:manage`.
#[utoipa::path(
    get,
    path = "/v1/webhooks/{id}/deliveries",
    operation_id = "list_webhook_deliveries",
    tag = "webhooks",
    params(("id" = WebhookId, Path), PageParams),
    responses((status = 200, body = List<WebhookDeliveryView>)),
)]
pub(super) async fn list_deliveries(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(webhook): Path<WebhookId>,
    listing: Listing<NoFilter>,
) -> Result<List<WebhookDeliveryView>, Problem> {
    ctx.require(Permission::WebhooksManage)?;
    let page = listing.page;
    let before = DeliveryId(page.after()?.unwrap_or(i64::MAX));
    let (account, limit) = (ctx.account_id, page.rows());
    let read = app.engine.store.read(Scope::Account(account), move |tx| {
        webhooks::get(tx, account, webhook)?.ok_or(Error::NotFound("webhook"))?;
        Ok::<_, Error>(deliveries::list(tx, account, webhook, before, limit)?)
    });
    let found = read.await?;
    Ok(page.answer(found, |item| item.id.0)?.map(|item| WebhookDeliveryView::from(&item)))
}
