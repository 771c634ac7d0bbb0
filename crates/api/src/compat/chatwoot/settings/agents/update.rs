//! `PATCH agents/{id}`: name and role. Availability follows from who has the console open.

use axum::extract::State;
use tertulia_domain::UserId;
use tertulia_engine::users;

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let (id, fields) = (UserId(one.id), fields.of("agent"));
    let user = people::find(&app, &ctx, id).await?;
    let command = users::Update {
        name: fields.filled("name")?,
        role: people::role(&fields, Some(user.role))?,
        active: None,
    };
    users::update(&app.engine, &ctx, id, command).await?;
    let user = people::find(&app, &ctx, id).await?;
    Ok(Reply(people::shape(&app, &ctx, &user)))
}
