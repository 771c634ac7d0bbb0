//! `PATCH webhooks/{id}`: address, subscriptions and name.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::WebhooksManage)?;
    let fields = fields.of("webhook");
    let webhook = super::find(&app, &ctx, one.id).await?;
    let url = fields.filled("url")?.filter(|url| *url != webhook.url);
    if let Some(url) = &url {
        super::require_new(&app, &ctx, url).await?;
    }
    let command = webhooks::Update {
        url,
        events: fields.texts("subscriptions")?,
        description: fields.text("name")?,
        enabled: None,
    };
    webhooks::update(&app.engine, &ctx, webhook.id, command).await?;
    super::told(&app, &ctx, webhook.id).await
}
