//! `GET /v1/oidc`: where people may sign in from.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

/// The providers that the operator configured.
#[derive(Serialize, ToSchema)]
pub(super) struct OidcProviders {
    providers: Vec<OidcProviderBrief>,
}

/// A provider of OpenID Connect.
#[derive(Serialize, ToSchema)]
struct OidcProviderBrief {
    id: String,
    name: String,
}

/// Where people may sign in from, besides e-mail and password.
#[utoipa::path(
    get,
    path = "/v1/oidc",
    operation_id = "list_oidc_providers",
    tag = "session",
    responses((status = 200, body = OidcProviders)),
)]
pub(super) async fn list_oidc_providers(State(app): State<App>) -> Json<OidcProviders> {
    let brief = |provider: &tertulia_engine::OidcProvider| OidcProviderBrief {
        id: provider.id.clone(),
        name: provider.name.clone(),
    };
    Json(OidcProviders { providers: app.engine.settings.oidc.iter().map(brief).collect() })
}
