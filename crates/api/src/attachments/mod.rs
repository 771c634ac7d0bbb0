//! Files of messages.

mod disposition;
mod serve;
mod upload;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) use upload::{FileForm, UploadedFile};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload::create_attachment)).routes(routes!(serve::get_file))
}
