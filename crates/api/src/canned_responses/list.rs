//! `GET /v1/canned-responses`: the texts of the account, best fit first.

use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::access::Permission;
use tertulia_engine::views::CannedResponseView;
use tertulia_store::canned_responses::{self, Place};
use tertulia_store::{Error, Scope};
use utoipa::IntoParams;

use crate::app::App;
use crate::extract::{Auth, List, Listing, PageParams};
use crate::problem::Problem;

/// Longest text that is searched for, in Unicode scalar values.
const WANTED_CHARS_MAX: usize = 200;

/// Which ones.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CannedResponseFilter {
    /// Something in the short code or the content; case and accents do not count.
    #[serde(default)]
    q: String,
}

/// The canned responses of the account.
///
/// Needs the permission `settings:read`.
/// Those whose short code begins with `q` come first, then those whose short code has it, then those
/// whose content has it; each by short code.
#[utoipa::path(
    get,
    path = "/v1/canned-responses",
    operation_id = "list_canned_responses",
    tag = "canned responses",
    params(CannedResponseFilter, PageParams),
    responses((status = 200, body = List<CannedResponseView>)),
)]
pub(super) async fn list_canned_responses(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<CannedResponseFilter>,
) -> Result<List<CannedResponseView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let Listing { page, filter } = listing;
    if filter.q.chars().count() > WANTED_CHARS_MAX {
        let detail =
            format!("The text to search for is longer than {WANTED_CHARS_MAX} characters.");
        return Err(Problem::invalid("too_long", "?q", detail));
    }
    let (account, limit) = (ctx.account_id, page.rows());
    let after = page.after::<Place>()?;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            canned_responses::list(tx, account, &filter.q, after.as_ref(), limit)
        })
        .await?;
    let list = page.answer(found, |(place, _)| place.clone())?;
    Ok(list.map(|(_, response)| CannedResponseView::from(&response)))
}
