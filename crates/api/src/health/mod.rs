//! Whether the process lives, and whether it can serve: for load balancers and process managers.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(is_alive)).routes(routes!(is_ready))
}

/// The process lives.
#[utoipa::path(get, path = "/healthz", operation_id = "get_health", tag = "health", responses((status = 204)))]
async fn is_alive() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The server can do its work: the database answers.
#[utoipa::path(get, path = "/readyz", operation_id = "get_readiness", tag = "health", responses((status = 204), (status = 503)))]
async fn is_ready(State(app): State<App>) -> Response {
    match app.engine.store.ping().await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}
