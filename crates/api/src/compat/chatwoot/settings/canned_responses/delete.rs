//! `DELETE canned_responses/{id}`.

use axum::extract::State;
use tertulia_domain::CannedResponseId;
use tertulia_engine::canned_responses;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Empty, Refusal> {
    canned_responses::delete(&app.engine, &ctx, CannedResponseId(one.id)).await?;
    Ok(Empty)
}
