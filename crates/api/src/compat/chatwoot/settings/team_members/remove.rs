//! `DELETE teams/{id}/team_members`: these people go, the others stay.

use axum::extract::State;
use tertulia_domain::TeamId;
use tertulia_engine::teams::{Members, change_members};

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Empty, Fields, One, Path, Refusal};

pub(super) async fn remove(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Empty, Refusal> {
    let members = Members::Leave(people::named(&fields)?);
    change_members(&app.engine, &ctx, TeamId(one.id), members).await?;
    Ok(Empty)
}
