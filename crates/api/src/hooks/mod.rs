//! Where providers call: the bytes go to `engine` as they came; nothing here knows a provider.

mod receive;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(receive::receive_hook))
}
