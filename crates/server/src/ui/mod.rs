//! Console and widget as pages: from the binary with the feature `embed-ui`, a hint without it.

mod assets;
mod frame;
mod shell;

use axum::Router;
use axum::routing::get;
use tertulia_api::App;

/// Every path that is not the API's.
pub fn pages(app: App) -> Router {
    Router::new()
        .route("/widget/loader.js", get(frame::loader))
        .route("/packs/js/sdk.js", get(frame::chatwoot_sdk))
        .route("/widget/frame", get(frame::page))
        .route("/widget/frame/{*path}", get(frame::asset))
        .fallback(get(shell::console))
        .with_state(app)
}
