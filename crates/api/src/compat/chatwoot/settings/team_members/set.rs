//! `PATCH teams/{id}/team_members`: these people and nobody else.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_engine::teams;

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn set(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let member_ids = Some(people::named(&fields)?);
    let command = teams::Update { member_ids, ..teams::Update::default() };
    let view = teams::update(&app.engine, &ctx, TeamId(one.id), command).await?;
    people::of(&app, &ctx, &view.member_ids).await.map(Reply)
}
