//! `DELETE custom_filters/{id}`.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_domain::SavedFilterId;
use tertulia_engine::saved_filters;

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<StatusCode, Refusal> {
    saved_filters::delete(&app.engine, &ctx, SavedFilterId(one.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
