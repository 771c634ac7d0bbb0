//! `POST canned_responses`.

use axum::extract::State;
use tertulia_engine::canned_responses;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("canned_response");
    let command = canned_responses::Create {
        short_code: fields.text("short_code")?.unwrap_or_default(),
        content: fields.text("content")?.unwrap_or_default(),
    };
    let view = canned_responses::create(&app.engine, &ctx, command).await?;
    Ok(Reply(super::shape(ctx.account_id, &view)))
}
