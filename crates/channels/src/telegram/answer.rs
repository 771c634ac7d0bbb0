//! What the Bot API answers: a result, or one of the few refusals that mean something to us.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tertulia_domain::Timestamp;
use tertulia_net::{Response, Verdict};

use super::names;
use crate::outgoing::{Delivered, SendError};

/// Characters of Telegram's words that are kept for people to read.
const DETAIL_CHARS_MAX: usize = 300;

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    ok: bool,
    #[serde(default)]
    result: Value,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Debug, Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// Reads the answer to a call that changes something.
pub(super) fn delivered(response: &Response, now: Timestamp) -> Result<Delivered, SendError> {
    let result = result(response, now);
    let nothing_to_do = |detail: &str| {
        let said = detail.to_ascii_lowercase();
        said.contains("message is not modified") || said.contains("message to delete not found")
    };
    match result {
        Ok(result) => Ok(Delivered { ids: ids(&result) }),
        // What was to be done is done: an attempt before this one did it.
        Err(SendError::Rejected { detail, .. }) if nothing_to_do(&detail) => {
            Ok(Delivered::default())
        }
        Err(error) => Err(error),
    }
}

/// What the method gave back.
pub(super) fn result(response: &Response, now: Timestamp) -> Result<Value, SendError> {
    let Ok(answer) = serde_json::from_slice::<Answer>(&response.body) else {
        return Err(unreadable(response, now));
    };
    if answer.ok {
        return Ok(answer.result);
    }
    let code = answer.error_code.unwrap_or(response.status.as_u16());
    let detail: String = answer.description.chars().take(DETAIL_CHARS_MAX).collect();
    Err(refusal(code, detail, &answer.parameters, response, now))
}

fn refusal(
    code: u16,
    detail: String,
    parameters: &Parameters,
    response: &Response,
    now: Timestamp,
) -> SendError {
    let said = detail.to_ascii_lowercase();
    if let Some(to) = parameters.migrate_to_chat_id {
        return SendError::Moved { to: to.to_string(), detail };
    }
    match code {
        429 => {
            let header = || response.retry_after().map(|after| after.delay(now.secs()));
            let delay = parameters.retry_after.map(Duration::from_secs).or_else(header);
            SendError::RetryAfter { delay, detail }
        }
        // A token that does not exist makes an address that does not exist.
        401 | 404 => SendError::Disconnected { detail },
        403 => SendError::Unreachable { code: unreachable_code(&said).to_owned(), detail },
        400 if said.contains("chat not found") || said.contains("peer_id_invalid") => {
            SendError::Unreachable { code: "chat_not_found".to_owned(), detail }
        }
        400 if said.contains("entit") => SendError::Formatting { detail },
        400 if said.contains("message can't be deleted") => rejected("too_old_to_delete", detail),
        400 if said.contains("message can't be edited") => rejected("too_old_to_edit", detail),
        413 => rejected("file_too_large", detail),
        500..=599 => SendError::Unknown { code: format!("telegram_{code}"), detail },
        _ => rejected(&format!("telegram_{code}"), detail),
    }
}

fn unreachable_code(said: &str) -> &'static str {
    if said.contains("blocked by the user") {
        "blocked_by_customer"
    } else if said.contains("deactivated") {
        "customer_deactivated"
    } else if said.contains("kicked") || said.contains("not a member") {
        "bot_removed"
    } else if said.contains("can't initiate") {
        "never_started"
    } else {
        "forbidden"
    }
}

fn rejected(code: &str, detail: String) -> SendError {
    SendError::Rejected { code: code.to_owned(), detail }
}

/// An answer that is not the Bot API's: of something in between, or torn off.
fn unreadable(response: &Response, now: Timestamp) -> SendError {
    let status = response.status.as_u16();
    let detail = format!("HTTP {status} with a body that is not the Bot API's");
    match response.verdict() {
        Verdict::Accepted | Verdict::Unknown => {
            SendError::Unknown { code: "answer_unreadable".to_owned(), detail }
        }
        Verdict::Rejected => rejected(&format!("http_{status}"), detail),
        Verdict::Later(after) => {
            let delay = after.map(|after| after.delay(now.secs()));
            SendError::RetryAfter { delay, detail }
        }
    }
}

/// The names of the messages that a method made.
fn ids(result: &Value) -> Vec<String> {
    let one = |message: &Value| {
        let chat = message.get("chat")?.get("id")?.as_i64()?;
        Some(names::message(chat, message.get("message_id")?.as_i64()?))
    };
    match result {
        Value::Array(messages) => messages.iter().filter_map(one).collect(),
        message => one(message).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// One line per case: status, body, and a word of what is made of it.
    const CASES: &str = include_str!("../../fixtures/telegram/answers.jsonl");

    #[derive(Deserialize)]
    struct Case {
        status: u16,
        body: Value,
        becomes: String,
    }

    fn response(status: u16, body: &str) -> Response {
        Response {
            status: tertulia_net::StatusCode::from_u16(status).unwrap(),
            headers: tertulia_net::HeaderMap::new(),
            body: body.to_owned().into(),
            complete: true,
            duration: Duration::ZERO,
        }
    }

    #[test]
    fn every_recorded_answer_means_what_it_should() {
        for line in CASES.lines() {
            let case: Case = serde_json::from_str(line).unwrap();
            let got = delivered(&response(case.status, &case.body.to_string()), Timestamp(0));
            let got = format!("{got:?}");
            assert!(got.contains(&case.becomes), "{line}: {got}");
        }
    }

    #[test]
    fn an_answer_that_is_torn_off_leaves_doubt() {
        let torn = delivered(&response(200, "{\"ok\":true,\"resu"), Timestamp(0));
        assert!(matches!(torn, Err(SendError::Unknown { .. })), "{torn:?}");
        let proxy = delivered(&response(502, "<html>"), Timestamp(0));
        assert!(matches!(proxy, Err(SendError::Unknown { .. })), "{proxy:?}");
    }

    #[test]
    fn an_album_has_a_name_for_each_of_its_parts() {
        let message = |id: i64| json!({"message_id": id, "chat": {"id": -7}});
        let body = json!({"ok": true, "result": [message(1), message(2)]});
        let ids = delivered(&response(200, &body.to_string()), Timestamp(0)).unwrap().ids;
        assert_eq!(ids, [names::message(-7, 1), names::message(-7, 2)]);
    }
}
