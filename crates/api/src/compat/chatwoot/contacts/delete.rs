//! `DELETE contacts/{id}`: erases the person, with everything said.

use axum::extract::State;
use tertulia_engine::contacts;

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Empty, Refusal> {
    contacts::erase(&app.engine, &ctx, place.contact_id).await?;
    Ok(Empty)
}
