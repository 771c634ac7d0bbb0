//! `PATCH /v1/account`: name, language and policy.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::account::ConversationPolicy;
use tertulia_engine::accounts;
use tertulia_engine::views::AccountView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, Body};
use crate::problem::Problem;

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountChange {
    pub(super) name: Option<String>,
    pub(super) locale: Option<String>,
    pub(super) conversation_policy: Option<ConversationPolicy>,
}

/// Changes the account.
///
/// Needs the permission `account:manage`.
#[utoipa::path(
    patch,
    path = "/v1/account",
    operation_id = "update_account",
    tag = "account",
    request_body = AccountChange,
    responses((status = 200, body = AccountView)),
)]
pub(super) async fn update_account(
    Auth(ctx): Auth,
    State(app): State<App>,
    Body(body): Body<AccountChange>,
) -> Result<Json<AccountView>, Problem> {
    let command = accounts::Update {
        name: body.name,
        locale: body.locale,
        conversation_policy: body.conversation_policy,
    };
    Ok(Json(accounts::update(&app.engine, &ctx, command).await?))
}
