//! `sendPoll` and `sendDice`.

use serde_json::{Map, Value, json};

use super::sending::{deliver, target};
use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;
use crate::telegram::text::units;

const QUESTION_UNITS_MAX: usize = 300;
const OPTION_UNITS_MAX: usize = 100;
const OPTIONS_MAX: usize = 12;

/// Emoji that roll, and how many faces each has.
const DICE: &[(&str, usize)] = &[("🎲", 6), ("🎯", 6), ("🏀", 5), ("⚽", 5), ("🎳", 6), ("🎰", 64)];

pub(super) fn send(call: &mut Call<'_>) -> Outcome {
    let question = call.text("question").unwrap_or_default().to_owned();
    let options: Vec<String> = call
        .list("options")
        .iter()
        .filter_map(|option| option.get("text").and_then(Value::as_str).map(str::to_owned))
        .collect();
    let fits = |text: &str, units_max: usize| !text.is_empty() && units(text) <= units_max;
    if question.is_empty() {
        return Err(Refusal::bad("poll question must be non-empty"));
    }
    if !fits(&question, QUESTION_UNITS_MAX) {
        return Err(Refusal::bad("poll question length must not exceed 300"));
    }
    if options.is_empty() {
        return Err(Refusal::bad("poll must have at least 1 option"));
    }
    if options.len() > OPTIONS_MAX {
        return Err(Refusal::bad("poll can't have more than 12 options"));
    }
    if !options.iter().all(|option| fits(option, OPTION_UNITS_MAX)) {
        return Err(Refusal::bad("poll options length must not exceed 100"));
    }
    let chat = target(call)?;
    let is_anonymous = call.params.get("is_anonymous") != Some(&Value::Bool(false));
    let kind = call.text("type").unwrap_or("regular").to_owned();
    let multiple = call.flag("allows_multiple_answers");
    let poll = poll(call.state.serial(), &question, &options);
    let poll = poll.as_object().cloned().unwrap_or_default().into_iter().map(|(key, value)| {
        let value = match key.as_str() {
            "is_anonymous" => is_anonymous.into(),
            "type" => kind.as_str().into(),
            "allows_multiple_answers" => multiple.into(),
            _ => value,
        };
        (key, value)
    });
    let mut content = Map::new();
    content.insert("poll".to_owned(), Value::Object(poll.collect()));
    Ok(deliver(call, chat, content)?.into())
}

/// A poll nobody has voted in yet.
pub(crate) fn poll(serial: i64, question: &str, options: &[String]) -> Value {
    let options = options.iter().enumerate().map(|(index, option)| {
        json!({"persistent_id": format!("{serial}-{index}"), "text": option, "voter_count": 0})
    });
    json!({
        "id": format!("{}", 5_000_000_000_000_000_000_i64 + serial),
        "question": question,
        "options": options.collect::<Vec<_>>(),
        "total_voter_count": 0,
        "is_closed": false,
        "is_anonymous": true,
        "type": "regular",
        "allows_multiple_answers": false,
        "allows_revoting": false,
        "members_only": false,
    })
}

pub(super) fn dice(call: &mut Call<'_>) -> Outcome {
    let wanted = call.text("emoji").unwrap_or("🎲");
    let Some((emoji, faces)) = DICE.iter().find(|(emoji, _)| *emoji == wanted) else {
        return Err(Refusal::bad("wrong dice emoji specified"));
    };
    let chat = target(call)?;
    let value = call.state.chance(*faces) + 1;
    let mut content = Map::new();
    content.insert("dice".to_owned(), json!({"emoji": emoji, "value": value}));
    Ok(deliver(call, chat, content)?.into())
}
