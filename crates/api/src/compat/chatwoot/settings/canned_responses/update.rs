//! `PATCH canned_responses/{id}`.

use axum::extract::State;
use tertulia_domain::CannedResponseId;
use tertulia_engine::canned_responses;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("canned_response");
    let command = canned_responses::Update {
        short_code: fields.text("short_code")?,
        content: fields.text("content")?,
    };
    let id = CannedResponseId(one.id);
    let view = canned_responses::update(&app.engine, &ctx, id, command).await?;
    Ok(Reply(super::shape(ctx.account_id, &view)))
}
