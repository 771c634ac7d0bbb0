//! `PATCH inboxes/{id}`.

use axum::extract::State;
use tertulia_domain::InboxId;
use tertulia_domain::access::Permission;
use tertulia_engine::inboxes;

use super::{find, wanted};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, One, Path, Refusal, Reply};

pub(super) async fn update(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::InboxesManage)?;
    let (id, fields) = (InboxId(one.id), fields.of("inbox"));
    let channel = find(&app, &ctx, id).await?.channel;
    let command = inboxes::Update {
        name: fields.text("name")?,
        greeting: wanted::greeting(&fields)?,
        settings: Some(wanted::settings(channel, fields)?),
        ..inboxes::Update::default()
    };
    inboxes::update(&app.engine, &ctx, id, command).await?;
    super::told(&app, &ctx, id).await
}
