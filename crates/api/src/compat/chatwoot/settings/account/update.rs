//! `PATCH accounts/{account_id}`: name and language.

use axum::extract::State;
use tertulia_engine::accounts;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("account");
    let command = accounts::Update {
        name: fields.text("name")?,
        // Chatwoot writes `pt_BR`.
        locale: fields.filled("locale")?.map(|locale| locale.replace('_', "-")),
        conversation_policy: None,
    };
    Ok(Reply(super::shape(&accounts::update(&app.engine, &ctx, command).await?)))
}
