//! Buttons under a message. What a tap tells us is our message and the number of the button, so that
//! it fits into 64 bytes whatever the button's id is, and is understood for ever.

use serde_json::{Value, json};
use tertulia_domain::MessageId;
use tertulia_domain::content::Button;

/// What every answer of a button of ours begins with.
const PREFIX: &str = "t:";

/// One button in a row; `first` is the number of the first one in its message.
pub(super) fn keyboard(message: MessageId, buttons: &[Button], first: usize) -> Value {
    let rows = buttons.iter().enumerate().map(|(index, button)| {
        json!([match &button.url {
            Some(url) => json!({"text": button.title, "url": url}),
            None => json!({
                "text": button.title,
                "callback_data": format!("{PREFIX}{message}:{}", first + index),
            }),
        }])
    });
    json!({ "inline_keyboard": rows.collect::<Vec<_>>() })
}

/// The message and the number of the button, if it is one of ours.
pub(super) fn tapped(data: &str) -> Option<(i64, usize)> {
    let (message, button) = data.strip_prefix(PREFIX)?.split_once(':')?;
    Some((message.parse().ok()?, button.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_says_which_button_in_64_bytes() {
        let button = |url: Option<&str>| Button {
            id: "x".repeat(500),
            title: "Go".to_owned(),
            url: url.map(str::to_owned),
        };
        let buttons = [button(None), button(Some("https://example.com/"))];
        let keyboard = keyboard(MessageId(i64::MAX), &buttons, 19);
        let data = keyboard["inline_keyboard"][0][0]["callback_data"].as_str().unwrap();
        assert!(data.len() <= 64, "{data}");
        assert_eq!(tapped(data), Some((i64::MAX, 19)));
        assert_eq!(keyboard["inline_keyboard"][1][0]["url"], "https://example.com/");
        for foreign in ["", "t:", "t:1", "x:1:2", "t:a:b", "t:1:-1"] {
            assert_eq!(tapped(foreign), None, "{foreign}");
        }
    }
}
