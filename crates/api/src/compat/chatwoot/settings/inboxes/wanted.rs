//! What a request wants of an inbox: flat fields, and those of its channel.

use serde_json::Value;
use tertulia_domain::inbox::{Channel, ProviderToken};
use tertulia_engine::inboxes::SettingsChange;

use crate::compat::chatwoot::{Fields, Refusal};

/// The greeting that a request asks for: switched off it is empty.
pub(super) fn greeting(fields: &Fields) -> Result<Option<String>, Refusal> {
    match fields.flag("greeting_enabled")? {
        Some(false) => Ok(Some(String::new())),
        Some(true) | None => fields.text("greeting_message"),
    }
}

/// The settings of a channel that a request asks for.
pub(super) fn settings(channel: Channel, fields: Fields) -> Result<SettingsChange, Refusal> {
    let fields = fields.of("channel");
    match channel {
        Channel::Widget => widget(&fields),
        Channel::Api => api(&fields),
        Channel::Telegram => Ok(SettingsChange {
            token: fields.filled("bot_token")?.map(ProviderToken::new),
            ..SettingsChange::default()
        }),
    }
}

fn widget(fields: &Fields) -> Result<SettingsChange, Refusal> {
    let flags = fields.texts("selected_feature_flags")?;
    let has = |flag: &str| flags.as_ref().map(|flags| flags.iter().any(|one| one == flag));
    Ok(SettingsChange {
        title: fields.text("welcome_title")?,
        subtitle: fields.text("welcome_tagline")?,
        color: fields.filled("widget_color")?,
        enforce_identity: fields.flag("hmac_mandatory")?,
        attachments_enabled: has("attachments"),
        emoji_enabled: has("emoji_picker"),
        allowed_origins: fields.text("allowed_domains")?.map(|domains| origins(&domains)),
        ..SettingsChange::default()
    })
}

/// Domains are separated by commas and may lack the scheme.
fn origins(domains: &str) -> Vec<String> {
    let named = domains.split(',').map(str::trim).filter(|domain| !domain.is_empty());
    let whole = |domain: &str| match domain.contains("://") {
        true => domain.to_owned(),
        false => format!("https://{domain}"),
    };
    named.map(whole).collect()
}

fn api(fields: &Fields) -> Result<SettingsChange, Refusal> {
    let url = match fields.has("webhook_url") {
        true => Some(fields.filled("webhook_url")?),
        false => None,
    };
    if fields.value("additional_attributes").is_some_and(is_filled) {
        let detail = "are not kept by an inbox here";
        return Err(Refusal::wrong("additional_attributes", detail));
    }
    Ok(SettingsChange { webhook_url: url, ..SettingsChange::default() })
}

fn is_filled(value: &Value) -> bool {
    value.as_object().is_some_and(|members| !members.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_become_origins() {
        let expected = ["https://example.com", "http://localhost:3000"];
        assert_eq!(origins("example.com, http://localhost:3000,"), expected);
        assert_eq!(origins(""), Vec::<String>::new());
    }
}
