//! Signing in by OpenID Connect: pages of the browser, so their answers are redirects.

mod callback;
mod list;
mod start;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

/// How long the browser keeps the state of a sign-in.
const STATE_SECS: u64 = 10 * 60;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_oidc_providers))
        .routes(routes!(start::start_oidc))
        .routes(routes!(callback::finish_oidc))
}
