//! What I change of myself.

mod begin_totp;
mod confirm_totp;
mod disable_totp;
mod password;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(update::update_profile))
        .routes(routes!(password::change_password))
        .routes(routes!(begin_totp::begin_totp))
        .routes(routes!(confirm_totp::confirm_totp))
        .routes(routes!(disable_totp::disable_totp))
}
