//! Files that are sent by an address: fetched before the books are opened, as Telegram's servers do.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use super::http::{Ask, ask};
use super::methods::Upload;
use super::parameters::Parameters;
use super::state::Media;

/// What Telegram fetches for a bot.
const FETCHED_BYTES_MAX: usize = 20 * 1024 * 1024;
const WAIT_SECS: u64 = 10;

/// Puts what can be fetched among the uploads, under its address.
pub(crate) async fn fetch(parameters: &mut Parameters) {
    for address in named(parameters) {
        let asked = ask(Ask {
            method: "GET",
            url: &address,
            headers: vec![("User-Agent", "TelegramBot (like TwitterBot)".to_owned())],
            body: Bytes::new(),
            sent_bytes_max: None,
            answer_bytes_max: FETCHED_BYTES_MAX,
            wait: Duration::from_secs(WAIT_SECS),
        });
        let Ok(answer) = asked.await else { continue };
        if (200..300).contains(&answer.status) {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            let name = path.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned);
            let mime = answer.header("content-type").map(str::to_owned);
            parameters.uploads.insert(address, Upload { name, mime, bytes: answer.body });
        }
    }
}

fn named(parameters: &Parameters) -> Vec<String> {
    let mut addresses = Vec::new();
    for (name, value) in &parameters.values {
        if Media::of_field(name).is_some() {
            addresses.extend(value.as_str().map(str::to_owned));
        } else if name == "media" {
            collect(&as_json(value), &mut addresses);
        }
    }
    addresses.retain(|address| address.starts_with("http://"));
    addresses
}

/// An album in a form is JSON in a text.
fn as_json(value: &Value) -> Value {
    let text = value.as_str().and_then(|text| serde_json::from_str(text).ok());
    text.unwrap_or_else(|| value.clone())
}

fn collect(value: &Value, addresses: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, addresses)),
        Value::Object(item) => {
            addresses.extend(item.get("media").and_then(Value::as_str).map(str::to_owned));
        }
        _ => {}
    }
}
