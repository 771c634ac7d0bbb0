//! `POST inboxes`: of a kind that Tertulia has.

use axum::extract::State;
use tertulia_domain::inbox::Channel;
use tertulia_engine::inboxes;

use super::wanted;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("inbox");
    let kind = fields.clone().of("channel").filled("type")?;
    let channel = match kind.as_deref() {
        Some("api") => Channel::Api,
        Some("web_widget") => Channel::Widget,
        Some("telegram") => Channel::Telegram,
        Some(_) | None => {
            let detail = "type must be api, telegram or web_widget";
            return Err(Refusal::wrong("channel", detail));
        }
    };
    let greeting = wanted::greeting(&fields)?.filter(|text| !text.is_empty());
    // Without a name an inbox of Telegram is called like its bot.
    let name = match channel {
        Channel::Telegram => fields.text("name")?.unwrap_or_default(),
        Channel::Api | Channel::Widget => fields.required("name")?,
    };
    let command = inboxes::Create { name, channel, settings: wanted::settings(channel, fields)? };
    let view = inboxes::create(&app.engine, &ctx, command).await?;
    if greeting.is_some() {
        let command = inboxes::Update { greeting, ..inboxes::Update::default() };
        inboxes::update(&app.engine, &ctx, view.id, command).await?;
    }
    super::told(&app, &ctx, view.id).await
}
