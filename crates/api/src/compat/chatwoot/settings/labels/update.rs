//! `PATCH labels/{id}`: also what carries it has the new title.

use axum::extract::State;
use tertulia_domain::LabelId;
use tertulia_engine::labels;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("label");
    let command = labels::Update {
        name: fields.text("title")?.map(|title| title.to_lowercase()),
        color: fields.filled("color")?,
        description: fields.text("description")?,
    };
    let view = labels::update(&app.engine, &ctx, LabelId(one.id), command).await?;
    Ok(Reply(super::shape(&view)))
}
