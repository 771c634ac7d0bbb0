//! `PATCH teams/{id}`: name and description.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_engine::teams;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply, shapes};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("team");
    let command = teams::Update {
        name: fields.text("name")?,
        description: fields.text("description")?,
        member_ids: None,
    };
    let view = teams::update(&app.engine, &ctx, TeamId(one.id), command).await?;
    Ok(Reply(shapes::team::rest(ctx.account_id, &view, ctx.user())))
}
