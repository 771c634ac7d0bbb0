//! Rules for inline keyboards that the types do not show.

use serde_json::Value;

use crate::telegram::refusal::Refusal;

const CALLBACK_DATA_BYTES_MAX: usize = 64;
const BUTTONS_MAX: usize = 100;

/// What a button may do; it does exactly one of these.
const ACTIONS: &[&str] = &[
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];

pub(super) fn check(markup: &Value) -> Result<(), Refusal> {
    let Some(rows) = markup.get("inline_keyboard").and_then(Value::as_array) else { return Ok(()) };
    let buttons: Vec<&Value> = rows.iter().filter_map(Value::as_array).flatten().collect();
    if buttons.len() > BUTTONS_MAX {
        return Err(Refusal::bad("reply markup is too long"));
    }
    buttons.into_iter().try_for_each(check_button)
}

fn check_button(button: &Value) -> Result<(), Refusal> {
    let text = button.get("text").and_then(Value::as_str).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refusal::bad(
            "can't parse inline keyboard button: Text buttons must be non-empty",
        ));
    }
    if ACTIONS.iter().filter(|action| button.get(*action).is_some()).count() != 1 {
        return Err(Refusal::bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ));
    }
    let data = button.get("callback_data").and_then(Value::as_str);
    if data.is_some_and(|data| data.is_empty() || data.len() > CALLBACK_DATA_BYTES_MAX) {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    let url = button.get("url").and_then(Value::as_str);
    let is_address = |url: &str| {
        let (_, rest) = url.split_once("://").unwrap_or(("http", url));
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') || url.starts_with("tg://") || host.starts_with("localhost")
    };
    if let Some(url) = url.filter(|url| !is_address(url)) {
        return Err(Refusal::bad(&format!(
            "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
        )));
    }
    Ok(())
}
