//! `GET /v1/apps/{id}/deliveries`: what its endpoint was told, and what came back; and once more.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::access::Permission;
use tertulia_domain::{AccountId, AppId, DeliveryId, WebhookId};
use tertulia_engine::views::WebhookDeliveryView;
use tertulia_engine::{Error, apps};
use tertulia_store::{ReadTx, Scope, deliveries, webhooks};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams, Path};
use crate::problem::Problem;

/// The deliveries of an app's endpoint, newest first; settled ones are kept for 30 days.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    get,
    path = "/v1/apps/{id}/deliveries",
    operation_id = "list_app_deliveries",
    tag = "apps",
    params(("id" = AppId, Path), PageParams),
    responses((status = 200, body = List<WebhookDeliveryView>)),
)]
pub(super) async fn list_app_deliveries(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(id): Path<AppId>,
    listing: Listing<NoFilter>,
) -> Result<List<WebhookDeliveryView>, Problem> {
    ctx.require(Permission::AppsManage)?;
    let page = listing.page;
    let before = DeliveryId(page.after()?.unwrap_or(i64::MAX));
    let (account, limit) = (ctx.account_id, page.rows());
    let read = app.engine.store.read(Scope::Account(account), move |tx| {
        let endpoint = endpoint(tx, account, id)?;
        Ok::<_, Error>(deliveries::list(tx, account, endpoint, before, limit)?)
    });
    let found = read.await?;
    Ok(page.answer(found, |item| item.id.0)?.map(|item| WebhookDeliveryView::from(&item)))
}

/// Sends a delivery of an app's endpoint once more, at once, whatever became of it.
///
/// Needs the permission `apps:manage`.
#[utoipa::path(
    post,
    path = "/v1/apps/{id}/deliveries/{delivery_id}/redeliver",
    operation_id = "redeliver_app_delivery",
    tag = "apps",
    params(("id" = AppId, Path), ("delivery_id" = DeliveryId, Path)),
    responses((status = 202, body = WebhookDeliveryView)),
)]
pub(super) async fn redeliver_app_delivery(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path((id, delivery)): Path<(AppId, DeliveryId)>,
) -> Result<(StatusCode, Json<WebhookDeliveryView>), Problem> {
    let view = apps::redeliver(&app.engine, &ctx, id, delivery).await?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}

fn endpoint(tx: &mut ReadTx<'_>, account: AccountId, app: AppId) -> Result<WebhookId, Error> {
    let found = webhooks::of_app(tx, account, app)?;
    found.map(|endpoint| endpoint.id).ok_or(Error::NotFound("app with an endpoint"))
}
