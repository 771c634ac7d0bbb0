//! `GET /v1/attribute-definitions/{id}`: one definition.

use axum::Json;
use axum::extract::State;
use tertulia_domain::AttributeDefinitionId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::AttributeDefinitionView;
use tertulia_store::{Error, Scope, attribute_definitions};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// What one attribute means.
///
/// Needs the permission `settings:read`.
#[utoipa::path(
    get,
    path = "/v1/attribute-definitions/{id}",
    operation_id = "show_attribute_definition",
    tag = "attribute definitions",
    params(("id" = AttributeDefinitionId, Path)),
    responses((status = 200, body = AttributeDefinitionView)),
)]
pub(super) async fn show_attribute_definition(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(definition): Path<AttributeDefinitionId>,
) -> Result<Json<AttributeDefinitionView>, Problem> {
    ctx.require(Permission::SettingsRead)?;
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            attribute_definitions::get(tx, account, definition)
        })
        .await?;
    let found = found.ok_or_else(|| Problem::not_found("attribute definition"))?;
    Ok(Json(AttributeDefinitionView::from(&found)))
}
