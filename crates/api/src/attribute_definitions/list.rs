//! `GET /v1/attribute-definitions`: what the account has described.

use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_domain::attribute_definition::Subject;
use tertulia_engine::views::AttributeDefinitionView;
use tertulia_store::{Scope, attribute_definitions};
use utoipa::IntoParams;

use crate::app::App;
use crate::extract::{Auth, List, Listing, PageParams};
use crate::problem::Problem;

/// Which ones.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AttributeDefinitionFilter {
    subject: Option<Subject>,
}

/// The described attributes, oldest first.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/attribute-definitions",
    operation_id = "list_attribute_definitions",
    tag = "attribute definitions",
    params(AttributeDefinitionFilter, PageParams),
    responses((status = 200, body = List<AttributeDefinitionView>)),
)]
pub(super) async fn list_attribute_definitions(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<AttributeDefinitionFilter>,
) -> Result<List<AttributeDefinitionView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let Listing { page, filter } = listing;
    let after = AttributeDefinitionId(page.after()?.unwrap_or(0));
    let (account, limit) = (ctx.account_id, page.rows());
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| {
            attribute_definitions::list(tx, account, filter.subject, after, limit)
        })
        .await?;
    let list = page.answer(found, |item| item.id.0)?;
    Ok(list.map(|item| AttributeDefinitionView::from(&item)))
}
