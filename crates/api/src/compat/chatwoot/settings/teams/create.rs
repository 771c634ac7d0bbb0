//! `POST teams`: a team without members.

use axum::extract::State;
use tertulia_engine::teams;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply, shapes};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("team");
    let command = teams::Create {
        name: fields.required("name")?,
        description: fields.text("description")?.unwrap_or_default(),
        member_ids: Vec::new(),
    };
    let view = teams::create(&app.engine, &ctx, command).await?;
    Ok(Reply(shapes::team::rest(ctx.account_id, &view, ctx.user())))
}
