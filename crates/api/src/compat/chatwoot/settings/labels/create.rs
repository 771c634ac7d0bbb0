//! `POST labels`.

use axum::extract::State;
use tertulia_engine::labels;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// What Chatwoot gives a label without a colour.
const COLOR: &str = "#1f93ff";

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("label");
    let command = labels::Create {
        name: fields.required("title")?.to_lowercase(),
        color: fields.filled("color")?.unwrap_or_else(|| COLOR.to_owned()),
        description: fields.text("description")?.unwrap_or_default(),
    };
    Ok(Reply(super::shape(&labels::create(&app.engine, &ctx, command).await?)))
}
