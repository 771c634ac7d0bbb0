//! `POST agents`: a member at once. No e-mail is sent: the administrator gives the person the link to
//! choose a password, or they come in by a provider.

use axum::extract::State;
use tertulia_domain::user::Role;
use tertulia_engine::users;

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("agent");
    let email = fields.required("email")?;
    let local = email.split('@').next().unwrap_or_default().to_owned();
    let command = users::Admit {
        name: fields.filled("name")?.unwrap_or(local),
        email,
        role: people::role(&fields, None)?.unwrap_or(Role::Agent),
    };
    let made = users::admit(&app.engine, &ctx, command).await?;
    let user = people::find(&app, &ctx, made.id).await?;
    Ok(Reply(people::shape(&app, &ctx, &user)))
}
