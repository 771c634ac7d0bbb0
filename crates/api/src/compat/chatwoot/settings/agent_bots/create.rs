//! `POST agent_bots`: an app of the runtime webhook, with the scopes that bots usually need.

use axum::extract::State;
use tertulia_domain::app::ContractKind;
use tertulia_engine::apps;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("agent_bot");
    super::check(&fields)?;
    let command = apps::Create {
        name: fields.required("name")?,
        description: fields.text("description")?.unwrap_or_default(),
        contract: ContractKind::Chatwoot,
        scopes: None,
        url: fields.filled("outgoing_url")?,
        ack_secs: None,
        hands_over_on_failure: true,
    };
    let made = apps::create(&app.engine, &ctx, command).await?;
    super::told(&app, &ctx, made.id).await
}
