//! `PATCH agent_bots/{id}`: name, description and address.

use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_engine::apps;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let (id, fields) = (AppId(one.id), fields.of("agent_bot"));
    ctx.require(Permission::AppsManage)?;
    super::check(&fields)?;
    super::find(&app, &ctx, id).await?;
    let url = match fields.has("outgoing_url") {
        true => Some(fields.filled("outgoing_url")?),
        false => None,
    };
    let command = apps::Update {
        name: fields.text("name")?,
        description: fields.text("description")?,
        url,
        ..apps::Update::default()
    };
    apps::update(&app.engine, &ctx, id, command).await?;
    super::told(&app, &ctx, id).await
}
