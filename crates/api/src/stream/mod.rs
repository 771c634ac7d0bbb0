//! Real time over WebSockets: the team's stream, and the loop that visitors' streams share.

mod connection;
mod frames;
mod open;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use connection::{Peer, Reaction, accept, cursor};
pub(crate) use frames::{VisitorFrame, read};

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open::open_stream))
}
