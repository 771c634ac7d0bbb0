//! A whole inbox. What Tertulia does not have is off, empty or null.

use serde_json::{Map, Value, json};
use tertulia_domain::access::Permission;
use tertulia_domain::inbox::{ApiSettings, Inbox, InboxSettings, WidgetSettings};
use tertulia_engine::Ctx;
use tertulia_engine::visitors::customers;

use crate::app::App;
use crate::compat::chatwoot::shapes;

/// Secrets are for those who may change the inbox.
pub(super) fn shape(app: &App, ctx: &Ctx, inbox: &Inbox) -> Value {
    let mut shape = common(inbox);
    match &inbox.settings {
        InboxSettings::Widget(settings) => {
            shape.extend(widget(app.public_url().as_str(), settings));
        }
        InboxSettings::Api(settings) => shape.extend(api(ctx, inbox, settings)),
        InboxSettings::Telegram(settings) => {
            shape.insert("bot_name".to_owned(), settings.username.clone().into());
        }
    }
    if ctx.may(Permission::InboxesManage) {
        shape.insert("hmac_token".to_owned(), inbox.identity_secret.clone().into());
        if matches!(inbox.settings, InboxSettings::Api(_)) {
            shape.insert("secret".to_owned(), inbox.secret.clone().into());
        }
    }
    shape.into()
}

fn common(inbox: &Inbox) -> Map<String, Value> {
    members(json!({
        "id": inbox.id,
        "avatar_url": "",
        "channel_id": inbox.id,
        "name": inbox.name,
        "channel_type": shapes::inbox::channel_type(inbox.channel),
        "greeting_enabled": !inbox.greeting.is_empty(),
        "greeting_message": inbox.greeting,
        "working_hours_enabled": false,
        "enable_email_collect": false,
        "csat_survey_enabled": false,
        "enable_auto_assignment": false,
        "auto_assignment_config": {},
        "out_of_office_message": null,
        "working_hours": [],
        "timezone": "UTC",
        "callback_webhook_url": null,
        "allow_messages_after_resolved": true,
        "lock_to_single_conversation": false,
        "sender_name_type": "friendly",
        "business_name": null,
        "hmac_mandatory": false,
        "selected_feature_flags": null,
        "messaging_service_sid": null,
        "phone_number": null,
        "provider": null,
    }))
}

fn widget(public_url: &str, settings: &WidgetSettings) -> Map<String, Value> {
    let base = public_url.trim_end_matches('/');
    let flags =
        [("attachments", settings.attachments_enabled), ("emoji_picker", settings.emoji_enabled)];
    let flags: Vec<&str> = flags.iter().filter(|(_, on)| *on).map(|(flag, _)| *flag).collect();
    members(json!({
        "website_url": settings.allowed_origins.first().map_or("", String::as_str),
        "allowed_domains": settings.allowed_origins.join(","),
        "website_token": settings.key,
        "widget_color": settings.color,
        "welcome_title": settings.title,
        "welcome_tagline": settings.subtitle,
        "hmac_mandatory": settings.enforce_identity,
        "selected_feature_flags": flags,
        "pre_chat_form_enabled": !settings.pre_chat.is_empty(),
        "web_widget_script": script(base, &settings.key),
    }))
}

/// What goes into the pages of the website.
fn script(base: &str, key: &str) -> String {
    let run = format!("window.chatwootSDK.run({{websiteToken: '{key}', baseUrl: '{base}'}})");
    format!("<script src=\"{base}/packs/js/sdk.js\" async onload=\"{run}\"></script>")
}

fn api(ctx: &Ctx, inbox: &Inbox, settings: &ApiSettings) -> Map<String, Value> {
    members(json!({
        "webhook_url": settings.webhook_url,
        "inbox_identifier": customers::public_key(ctx.account_id, inbox),
        "additional_attributes": {},
    }))
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
