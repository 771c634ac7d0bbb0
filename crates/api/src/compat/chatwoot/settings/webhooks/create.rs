//! `POST webhooks`: an endpoint that is told in Chatwoot's words from now on.

use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_domain::app::ContractKind;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::WebhooksManage)?;
    let fields = fields.of("webhook");
    let url = fields.required("url")?;
    super::require_new(&app, &ctx, &url).await?;
    let command = webhooks::Create {
        url,
        events: fields.texts("subscriptions")?.unwrap_or_else(usual),
        description: fields.text("name")?.unwrap_or_default(),
        contract: ContractKind::Chatwoot,
        inbox_id: fields.integer("inbox_id")?.map(InboxId),
    };
    let made = webhooks::create(&app.engine, &ctx, command).await?;
    super::told(&app, &ctx, made.id).await
}

/// What Chatwoot subscribes an endpoint to that names nothing.
fn usual() -> Vec<String> {
    let names = [
        "conversation_status_changed",
        "conversation_updated",
        "conversation_created",
        "contact_created",
        "contact_updated",
        "message_created",
        "message_updated",
        "webwidget_triggered",
    ];
    names.map(str::to_owned).to_vec()
}
