//! `GET contacts/{id}`: one contact.

use axum::extract::State;
use serde_json::json;

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Path, Refusal, Reply};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    Ok(Reply(json!({"payload": shown::one(&app, &ctx, place.contact_id).await?})))
}
