//! `POST teams/{id}/team_members`: these people come, the others stay.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_engine::teams::{Members, change_members};

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn add(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let members = Members::Join(people::named(&fields)?);
    let view = change_members(&app.engine, &ctx, TeamId(one.id), members).await?;
    people::of(&app, &ctx, &view.member_ids).await.map(Reply)
}
