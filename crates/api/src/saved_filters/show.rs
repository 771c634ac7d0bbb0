//! `GET /v1/saved-filters/{id}`: one filter.

use axum::Json;
use axum::extract::State;
use tertulia_domain::SavedFilterId;
use tertulia_engine::saved_filters::owner;
use tertulia_engine::views::SavedFilterView;
use tertulia_store::{Error, Scope, saved_filters};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// A filter of yours.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/saved-filters/{id}",
    operation_id = "show_saved_filter",
    tag = "saved filters",
    params(("id" = SavedFilterId, Path)),
    responses((status = 200, body = SavedFilterView)),
)]
pub(super) async fn show_saved_filter(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(filter): Path<SavedFilterId>,
) -> Result<Json<SavedFilterView>, Problem> {
    let (account, user) = (ctx.account_id, owner(&ctx)?);
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            saved_filters::get(tx, account, user, filter)
        })
        .await?;
    let found = found.ok_or_else(|| Problem::not_found("saved filter"))?;
    Ok(Json(SavedFilterView::from(&found)))
}
