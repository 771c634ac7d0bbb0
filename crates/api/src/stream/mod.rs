//! Real time over WebSockets: the team's stream, and the loop that visitors' streams share.

mod connection;
mod frames;
mod open;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use connection::{Budget, Peer, Reaction, accept, bounded, cursor, end};
pub(crate) use frames::{VisitorFrame, read};

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open::open_stream))
}
