//! What a bot says about itself: name, descriptions, commands, menu button.

use serde_json::{Value, json};

use super::sending::named;
use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;
use crate::telegram::state::Bot;
use crate::telegram::text::units;

const COMMANDS_MAX: usize = 100;
const COMMAND_BYTES_MAX: usize = 32;
const COMMAND_DESCRIPTION_UNITS_MAX: usize = 256;

/// Setting, its parameter, and how long it may be.
const TEXTS: &[(&str, &str, usize)] = &[
    ("MyName", "name", 64),
    ("MyDescription", "description", 512),
    ("MyShortDescription", "short_description", 120),
];

fn setting_of(method: &str) -> (&'static str, usize) {
    let found = TEXTS.iter().find(|(name, ..)| method.ends_with(name));
    found.map_or(("name", 64), |(_, setting, units_max)| (setting, *units_max))
}

fn language(call: &Call<'_>) -> Result<String, Refusal> {
    let language = call.text("language_code").unwrap_or_default();
    let fits = language.is_empty()
        || language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
    if fits {
        Ok(language.to_owned())
    } else {
        Err(Refusal::bad("invalid language code specified"))
    }
}

fn bot<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Bot, Refusal> {
    call.state.bots.get_mut(&call.bot).ok_or_else(Refusal::unauthorized)
}

pub(super) fn set_text(call: &mut Call<'_>) -> Outcome {
    let (setting, units_max) = setting_of(call.method);
    let text = call.text(setting).unwrap_or_default().to_owned();
    if units(&text) > units_max {
        let what = setting.replace('_', " ");
        return Err(Refusal::bad(&format!("bot {what} is too long")));
    }
    let key = (setting.to_owned(), language(call)?);
    let bot = bot(call)?;
    if text.is_empty() {
        bot.texts.remove(&key);
    } else {
        bot.texts.insert(key, text);
    }
    Ok(true.into())
}

pub(super) fn text(call: &mut Call<'_>) -> Outcome {
    let (setting, _) = setting_of(call.method);
    let language = language(call)?;
    let bot = bot(call)?;
    let otherwise = if setting == "name" { bot.name.as_str() } else { "" };
    Ok(json!({setting: bot.text(setting, &language).unwrap_or(otherwise)}).into())
}

/// The scope as a key: the type and the chat and person it is for.
fn scope(call: &Call<'_>) -> String {
    let Some(scope) = call.params.get("scope") else { return "default".to_owned() };
    let part = |key: &str| match scope.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => format!(" {other}"),
        None => String::new(),
    };
    format!("{}{}{}", part("type"), part("chat_id"), part("user_id"))
}

pub(super) fn set_commands(call: &mut Call<'_>) -> Outcome {
    let commands = call.list("commands").to_vec();
    if commands.len() > COMMANDS_MAX {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    let text = |command: &Value, key: &str| {
        command.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    for command in &commands {
        let name = text(command, "command");
        let name = name.trim_start_matches('/');
        let is_name = !name.is_empty()
            && name.len() <= COMMAND_BYTES_MAX
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_name {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        let description = text(command, "description");
        if description.is_empty() || units(&description) > COMMAND_DESCRIPTION_UNITS_MAX {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    let key = (scope(call), language(call)?);
    bot(call)?.commands.insert(key, Value::Array(commands));
    Ok(true.into())
}

pub(super) fn delete_commands(call: &mut Call<'_>) -> Outcome {
    let key = (scope(call), language(call)?);
    bot(call)?.commands.remove(&key);
    Ok(true.into())
}

pub(super) fn commands(call: &mut Call<'_>) -> Outcome {
    let key = (scope(call), language(call)?);
    Ok(bot(call)?.commands.get(&key).cloned().unwrap_or_else(|| json!([])).into())
}

fn menu_chat(call: &Call<'_>) -> Result<i64, Refusal> {
    if call.params.contains_key("chat_id") { named(call, "chat_id") } else { Ok(0) }
}

pub(super) fn set_menu_button(call: &mut Call<'_>) -> Outcome {
    let chat = menu_chat(call)?;
    let button = call.params.get("menu_button").cloned().unwrap_or(json!({"type": "default"}));
    bot(call)?.menu_buttons.insert(chat, button);
    Ok(true.into())
}

pub(super) fn menu_button(call: &mut Call<'_>) -> Outcome {
    let chat = menu_chat(call)?;
    let buttons = &bot(call)?.menu_buttons;
    let button = buttons.get(&chat).or_else(|| buttons.get(&0)).cloned();
    Ok(button.unwrap_or(json!({"type": "default"})).into())
}
