//! The way to a file: `getFile` says where it is, and the link to it lives for an hour.

use serde_json::{Value, json};
use tertulia_domain::Timestamp;
use tertulia_domain::inbox::Inbox;
use tertulia_net::Response;

use super::answer;
use super::bot::Bot;
use crate::fetch::{FetchError, FileStep};
use crate::outgoing::SendError;

/// The next step to a file, or to the picture of a person (`user:…`) or a group (`chat:…`).
pub(super) fn locate(
    inbox: &Inbox,
    reference: &str,
    answer: Option<&Response>,
) -> Result<FileStep, FetchError> {
    let bot = Bot::of(inbox).map_err(|error| sort(&error))?;
    let ask = |method: &str, body: Value| Ok(FileStep::Ask(Box::new(bot.method(method, &body)?)));
    let Some(answer) = answer else {
        return match reference.split_once(':') {
            Some(("user", id)) => {
                ask("getUserProfilePhotos", json!({"user_id": number(id)?, "limit": 1}))
            }
            Some(("chat", id)) => ask("getChat", json!({"chat_id": number(id)?})),
            _ => ask("getFile", json!({"file_id": reference})),
        };
    };
    let result = answer::result(answer, Timestamp(0)).map_err(|error| sort(&error))?;
    if let Some(path) = result.get("file_path").and_then(Value::as_str) {
        return Ok(FileStep::Download(Box::new(bot.file(path)?)));
    }
    match picture(&result) {
        Some(file_id) => ask("getFile", json!({"file_id": file_id})),
        None => Err(FetchError::refused("no_file", "Telegram has no such file")),
    }
}

/// The largest version of a picture that a person or group has.
fn picture(result: &Value) -> Option<&str> {
    let of_group = result.get("photo").and_then(|photo| photo.get("big_file_id"));
    let of_person = || {
        let sizes = result.get("photos")?.get(0)?.as_array()?;
        sizes.iter().max_by_key(|size| size.get("width").and_then(Value::as_i64))?.get("file_id")
    };
    of_group.or_else(of_person)?.as_str()
}

fn number(text: &str) -> Result<i64, FetchError> {
    text.parse().map_err(|_| FetchError::refused("no_file", "the address is no chat of Telegram"))
}

fn sort(error: &SendError) -> FetchError {
    let detail = match error {
        SendError::Rejected { detail, .. } if detail.to_ascii_lowercase().contains("too big") => {
            "it is larger than the 20 MB that Telegram gives out to bots".to_owned()
        }
        error => error.to_string(),
    };
    match error {
        SendError::RetryAfter { delay, .. } => FetchError::Later { delay: *delay, detail },
        // Somebody may connect the bot anew meanwhile.
        SendError::Unknown { .. } | SendError::Disconnected { .. } => {
            FetchError::Later { delay: None, detail }
        }
        SendError::Rejected { code, .. } | SendError::Unreachable { code, .. } => {
            FetchError::Refused { code: code.clone(), detail }
        }
        SendError::Moved { .. } | SendError::Formatting { .. } => {
            FetchError::refused("telegram_400", detail)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn answer(status: u16, body: Value) -> Response {
        Response {
            status: tertulia_net::StatusCode::from_u16(status).unwrap(),
            headers: tertulia_net::HeaderMap::new(),
            body: body.to_string().into(),
            complete: true,
            duration: Duration::ZERO,
        }
    }

    #[test]
    fn a_file_is_asked_for_and_a_large_one_has_a_clear_reason() {
        let inbox = super::super::tests::inbox();
        let step = |reference, answer| locate(&inbox, reference, answer);
        assert!(matches!(step("AgAC", None), Ok(FileStep::Ask(_))));
        let found = answer(200, json!({"ok": true, "result": {"file_path": "photos/1.jpg"}}));
        assert!(matches!(step("AgAC", Some(&found)), Ok(FileStep::Download(_))));
        let big =
            json!({"ok": false, "error_code": 400, "description": "Bad Request: file is too big"});
        let Err(FetchError::Refused { detail, .. }) = step("AgAC", Some(&answer(400, big))) else {
            panic!("it was not refused");
        };
        assert!(detail.contains("20 MB"), "{detail}");
    }

    #[test]
    fn a_picture_is_two_steps_away_and_may_not_be_there() {
        let inbox = super::super::tests::inbox();
        let photos = json!({"ok": true, "result": {"total_count": 1, "photos": [[
            {"file_id": "small", "width": 160}, {"file_id": "large", "width": 640}]]}});
        let result = photos.get("result").unwrap();
        assert_eq!(picture(result), Some("large"));
        assert_eq!(
            picture(&json!({"photo": {"big_file_id": "b", "small_file_id": "s"}})),
            Some("b")
        );
        let none = answer(200, json!({"ok": true, "result": {"total_count": 0, "photos": []}}));
        let step = locate(&inbox, "user:7", Some(&none));
        assert!(matches!(step, Err(FetchError::Refused { .. })), "{step:?}");
    }
}
