//! `DELETE labels/{id}`: the label goes, also from what carries it.

use axum::extract::State;
use tertulia_domain::LabelId;
use tertulia_engine::labels;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Empty, Refusal> {
    labels::delete(&app.engine, &ctx, LabelId(one.id)).await?;
    Ok(Empty)
}
