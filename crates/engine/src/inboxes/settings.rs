//! Settings of an inbox as a client sends them: every field optional, every field checked.

use serde::{Deserialize, Deserializer};
use tertulia_domain::content::PARTS_MAX;
use tertulia_domain::inbox::{
    ApiSettings, BotCommand, Channel, FieldKind, FormField, InboxSettings, ProviderToken, Side,
    TelegramMode, WidgetSettings,
};
use url::Url;

use crate::{Error, Result, check};

/// Longest title, label or option, in Unicode scalar values.
const LINE_CHARS_MAX: usize = 200;
/// Longest key of a form's field, in bytes.
const KEY_BYTES_MAX: usize = 50;
/// Most origins that may embed a widget.
const ORIGINS_MAX: usize = 100;
/// Longest address, in bytes.
const URL_BYTES_MAX: usize = 2_000;

/// What to change in an inbox's settings; what is absent stays, what the channel lacks is refused.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, utoipa::ToSchema)]
#[schema(as = InboxSettingsChange)]
#[serde(default, deny_unknown_fields)]
pub struct SettingsChange {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub color: Option<String>,
    pub position: Option<Side>,
    pub allowed_origins: Option<Vec<String>>,
    pub locale: Option<String>,
    pub pre_chat: Option<Vec<FormField>>,
    pub enforce_identity: Option<bool>,
    pub attachments_enabled: Option<bool>,
    pub emoji_enabled: Option<bool>,
    /// The widget's public key; accepted as it is, so that settings can be sent back as they came.
    pub key: Option<String>,
    /// Null takes the address away.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub webhook_url: Option<Option<String>>,
    /// The token of a bot: it is never shown again.
    #[schema(value_type = Option<String>)]
    pub token: Option<ProviderToken>,
    /// Where the Bot API is; given with a token.
    pub base_url: Option<String>,
    pub commands: Option<Vec<BotCommand>>,
    pub description: Option<String>,
    pub short_description: Option<String>,
    /// What Telegram says of the bot; accepted as it is, so that settings can be sent back as they came.
    pub bot_id: Option<String>,
    pub username: Option<String>,
    pub bot_name: Option<String>,
    pub avatar_url: Option<String>,
    pub mode: Option<TelegramMode>,
}

/// Tells `null`, which is `Some(None)`, from absence.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl SettingsChange {
    /// Puts the change into an inbox's settings. Pointers of refusals begin with `/settings`.
    pub(super) fn apply(&self, settings: &mut InboxSettings) -> Result<()> {
        match settings {
            InboxSettings::Widget(widget) => {
                refuse(Channel::Widget, &[("webhook_url", self.webhook_url.is_some())])?;
                refuse(Channel::Widget, &self.telegram_fields())?;
                self.apply_to_widget(widget)
            }
            InboxSettings::Api(api) => {
                refuse(Channel::Api, &self.widget_fields())?;
                refuse(Channel::Api, &self.telegram_fields())?;
                self.apply_to_api(api)
            }
            InboxSettings::Telegram(bot) => {
                refuse(Channel::Telegram, &[("webhook_url", self.webhook_url.is_some())])?;
                refuse(Channel::Telegram, &self.widget_fields())?;
                self.apply_to_telegram(bot)
            }
        }
    }

    fn widget_fields(&self) -> [(&'static str, bool); 11] {
        [
            ("title", self.title.is_some()),
            ("subtitle", self.subtitle.is_some()),
            ("color", self.color.is_some()),
            ("position", self.position.is_some()),
            ("allowed_origins", self.allowed_origins.is_some()),
            ("locale", self.locale.is_some()),
            ("pre_chat", self.pre_chat.is_some()),
            ("enforce_identity", self.enforce_identity.is_some()),
            ("attachments_enabled", self.attachments_enabled.is_some()),
            ("emoji_enabled", self.emoji_enabled.is_some()),
            ("key", self.key.is_some()),
        ]
    }

    fn apply_to_widget(&self, widget: &mut WidgetSettings) -> Result<()> {
        if self.key.as_ref().is_some_and(|key| *key != widget.key) {
            return Err(Error::invalid("/settings/key", "is made by the server and never changes"));
        }
        if let Some(title) = &self.title {
            widget.title = check::optional_line("/settings/title", title, LINE_CHARS_MAX)?;
        }
        if let Some(subtitle) = &self.subtitle {
            widget.subtitle = check::optional_line("/settings/subtitle", subtitle, LINE_CHARS_MAX)?;
        }
        if let Some(color) = &self.color {
            widget.color = check::color("/settings/color", color)?;
        }
        if let Some(origins) = &self.allowed_origins {
            widget.allowed_origins = check_origins(origins)?;
        }
        if let Some(locale) = &self.locale {
            widget.locale = match locale.as_str() {
                "auto" => locale.clone(),
                tag => check::locale("/settings/locale", tag)?,
            };
        }
        if let Some(fields) = &self.pre_chat {
            widget.pre_chat = check_form(fields)?;
        }
        widget.position = self.position.unwrap_or(widget.position);
        widget.enforce_identity = self.enforce_identity.unwrap_or(widget.enforce_identity);
        widget.attachments_enabled = self.attachments_enabled.unwrap_or(widget.attachments_enabled);
        widget.emoji_enabled = self.emoji_enabled.unwrap_or(widget.emoji_enabled);
        Ok(())
    }

    fn apply_to_api(&self, api: &mut ApiSettings) -> Result<()> {
        if let Some(url) = &self.webhook_url {
            let pointer = "/settings/webhook_url";
            api.webhook_url = url.as_ref().map(|url| check_url(pointer, url)).transpose()?;
        }
        Ok(())
    }
}

/// Refuses a setting that another channel has.
fn refuse(channel: Channel, foreign: &[(&'static str, bool)]) -> Result<()> {
    let Some((field, _)) = foreign.iter().find(|(_, given)| *given) else { return Ok(()) };
    let detail = format!("An inbox of the channel {channel} has no setting {field}.");
    Err(Error::Invalid { code: "unknown_field", pointer: format!("/settings/{field}"), detail })
}

pub(super) fn check_url(pointer: &str, text: &str) -> Result<String> {
    let refused = || Error::invalid(pointer, "is not an address such as https://example.com/hook");
    let url = Url::parse(text).map_err(|_| refused())?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let is_plain = url.username().is_empty() && url.password().is_none();
    if is_web && is_plain && text.len() <= URL_BYTES_MAX {
        return Ok(url.to_string());
    }
    Err(refused())
}

fn check_origins(origins: &[String]) -> Result<Vec<String>> {
    if origins.len() > ORIGINS_MAX {
        let (pointer, detail) =
            ("/settings/allowed_origins".to_owned(), format!("has more than {ORIGINS_MAX}"));
        return Err(Error::Invalid { code: "too_long", pointer, detail });
    }
    let check = |(index, text): (usize, &String)| {
        let pointer = format!("/settings/allowed_origins/{index}");
        let refused = || Error::invalid(&pointer, "is not an origin such as https://example.com");
        let url = Url::parse(text.trim()).map_err(|_| refused())?;
        let is_web = matches!(url.scheme(), "http" | "https");
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_plain = url.username().is_empty() && url.password().is_none();
        if is_web && is_bare && is_plain {
            return Ok(url.origin().ascii_serialization());
        }
        Err(refused())
    };
    origins.iter().enumerate().map(check).collect()
}

fn check_form(fields: &[FormField]) -> Result<Vec<FormField>> {
    if fields.len() > PARTS_MAX {
        let (pointer, detail) =
            ("/settings/pre_chat".to_owned(), format!("has more than {PARTS_MAX} fields"));
        return Err(Error::Invalid { code: "too_long", pointer, detail });
    }
    let mut checked: Vec<FormField> = Vec::with_capacity(fields.len());
    for (index, field) in fields.iter().enumerate() {
        let field = check_field(&format!("/settings/pre_chat/{index}"), field)?;
        if checked.iter().any(|other| other.key == field.key) {
            let pointer = format!("/settings/pre_chat/{index}/key");
            return Err(Error::invalid(pointer, "is the key of another field too"));
        }
        checked.push(field);
    }
    Ok(checked)
}

fn check_field(pointer: &str, field: &FormField) -> Result<FormField> {
    let is_word = |key: &str| key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let fits = (1..=KEY_BYTES_MAX).contains(&field.key.len());
    if !fits || !is_word(&field.key) {
        let detail = format!("takes 1 to {KEY_BYTES_MAX} letters, digits and underscores");
        return Err(Error::invalid(format!("{pointer}/key"), detail));
    }
    let label = check::line(&format!("{pointer}/label"), &field.label, LINE_CHARS_MAX)?;
    let options: Result<Vec<String>> = (field.options.iter().enumerate())
        .map(|(at, option)| check::line(&format!("{pointer}/options/{at}"), option, LINE_CHARS_MAX))
        .collect();
    let options = options?;
    let chooses = field.kind == FieldKind::Select;
    if chooses == options.is_empty() || options.len() > PARTS_MAX {
        let detail = format!("a field to choose from has 1 to {PARTS_MAX} options, others none");
        return Err(Error::invalid(format!("{pointer}/options"), detail));
    }
    Ok(FormField { label, options, ..field.clone() })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn apply(mut settings: InboxSettings, change: Value) -> Result<InboxSettings> {
        let change: SettingsChange = serde_json::from_value(change).unwrap();
        change.apply(&mut settings).map(|()| settings)
    }

    #[track_caller]
    fn refused(settings: InboxSettings, change: Value, place: &str) {
        let Err(Error::Invalid { pointer, .. }) = apply(settings, change) else {
            panic!("{place} was accepted");
        };
        assert_eq!(pointer, place);
    }

    fn widget() -> InboxSettings {
        InboxSettings::Widget(WidgetSettings { key: "wk_1".to_owned(), ..Default::default() })
    }

    #[test]
    fn every_setting_of_a_widget_is_checked() {
        refused(widget(), json!({"key": "wk_2"}), "/settings/key");
        refused(widget(), json!({"title": "a\nb"}), "/settings/title");
        refused(widget(), json!({"subtitle": "x".repeat(201)}), "/settings/subtitle");
        refused(widget(), json!({"color": "red"}), "/settings/color");
        refused(widget(), json!({"locale": "xx_YY"}), "/settings/locale");
        refused(widget(), json!({"webhook_url": null}), "/settings/webhook_url");
        for bad in ["example.com", "https://a.b/path", "ftp://a.b", "https://u:p@a.b", "*", ""] {
            let change = json!({"allowed_origins": ["https://good.example", bad]});
            refused(widget(), change, "/settings/allowed_origins/1");
        }
        let field = |key: &str, kind: &str, options: &[&str]| json!({"pre_chat": [{"key": key, "label": "L", "kind": kind, "options": options}]});
        refused(widget(), field("", "text", &[]), "/settings/pre_chat/0/key");
        refused(widget(), field("a b", "text", &[]), "/settings/pre_chat/0/key");
        refused(widget(), field("a", "select", &[]), "/settings/pre_chat/0/options");
        refused(widget(), field("a", "text", &["x"]), "/settings/pre_chat/0/options");
        refused(widget(), field("a", "select", &["x", " "]), "/settings/pre_chat/0/options/1");
        let twice = json!({"key": "a", "label": "L", "kind": "text"});
        refused(widget(), json!({"pre_chat": [twice, twice]}), "/settings/pre_chat/1/key");
    }

    #[test]
    fn what_is_absent_stays() {
        let change = json!({"title": " Hi ", "allowed_origins": ["HTTPS://Example.com:443/"]});
        let InboxSettings::Widget(settings) = apply(widget(), change).unwrap() else { panic!() };
        assert_eq!(settings.title, "Hi");
        assert_eq!(settings.allowed_origins, ["https://example.com"]);
        assert_eq!(settings.color, WidgetSettings::default().color);
        assert_eq!(settings.key, "wk_1");
    }

    #[test]
    fn an_api_inbox_has_one_address() {
        let with = || InboxSettings::Api(ApiSettings { webhook_url: Some("https://a.b/".into()) });
        assert_eq!(apply(with(), json!({})).unwrap(), with());
        let without = InboxSettings::Api(ApiSettings { webhook_url: None });
        assert_eq!(apply(with(), json!({"webhook_url": null})).unwrap(), without);
        refused(with(), json!({"webhook_url": "file:///etc/passwd"}), "/settings/webhook_url");
        refused(with(), json!({"webhook_url": "https://u:p@a.b"}), "/settings/webhook_url");
        refused(with(), json!({"title": "x"}), "/settings/title");
    }
}
