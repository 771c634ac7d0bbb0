//! What can be changed about a bot, and what only Telegram says of it.

use tertulia_domain::inbox::{BotCommand, TelegramSettings};

use super::SettingsChange;
use crate::{Error, Result, check};

/// Commands of one bot.
const COMMANDS_MAX: usize = 100;
/// Longest command, in characters.
const COMMAND_CHARS_MAX: usize = 32;
/// Longest description of a command, in characters.
const HINT_CHARS_MAX: usize = 256;
/// Longest description of a bot, in characters.
const DESCRIPTION_CHARS_MAX: usize = 512;
/// Longest short description, in characters.
const SHORT_CHARS_MAX: usize = 120;

impl SettingsChange {
    pub(super) fn telegram_fields(&self) -> [(&'static str, bool); 10] {
        [
            ("token", self.token.is_some()),
            ("base_url", self.base_url.is_some()),
            ("commands", self.commands.is_some()),
            ("description", self.description.is_some()),
            ("short_description", self.short_description.is_some()),
            ("bot_id", self.bot_id.is_some()),
            ("username", self.username.is_some()),
            ("bot_name", self.bot_name.is_some()),
            ("avatar_url", self.avatar_url.is_some()),
            ("mode", self.mode.is_some()),
        ]
    }

    /// Token and address of the Bot API are not here: they need to be tried.
    pub(super) fn apply_to_telegram(&self, bot: &mut TelegramSettings) -> Result<()> {
        let same = |given: &Option<String>, is: &str| given.as_deref().is_none_or(|g| g == is);
        for (field, is_same) in [
            ("bot_id", same(&self.bot_id, &bot.bot_id)),
            ("username", same(&self.username, &bot.username)),
            ("bot_name", same(&self.bot_name, &bot.bot_name)),
            ("avatar_url", self.avatar_url.is_none() || self.avatar_url == bot.avatar_url),
            ("mode", self.mode.is_none() || self.mode == bot.mode),
        ] {
            if !is_same {
                let detail = "comes from Telegram and is not changed here";
                return Err(Error::invalid(format!("/settings/{field}"), detail));
            }
        }
        if let Some(commands) = &self.commands {
            bot.commands = check_commands(commands)?;
        }
        if let Some(text) = &self.description {
            bot.description = words("/settings/description", text, DESCRIPTION_CHARS_MAX)?;
        }
        if let Some(text) = &self.short_description {
            bot.short_description = words("/settings/short_description", text, SHORT_CHARS_MAX)?;
        }
        Ok(())
    }
}

fn words(pointer: &str, text: &str, limit: usize) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > limit || text.contains('\0') {
        let detail = format!("takes at most {limit} characters");
        return Err(Error::invalid(pointer, detail));
    }
    Ok(text.to_owned())
}

fn check_commands(commands: &[BotCommand]) -> Result<Vec<BotCommand>> {
    if commands.len() > COMMANDS_MAX {
        let (pointer, detail) =
            ("/settings/commands".to_owned(), format!("has more than {COMMANDS_MAX}"));
        return Err(Error::Invalid { code: "too_long", pointer, detail });
    }
    let check = |(index, command): (usize, &BotCommand)| {
        let pointer = format!("/settings/commands/{index}");
        let name = command.command.trim_start_matches('/');
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=COMMAND_CHARS_MAX).contains(&name.len()) || !name.bytes().all(is_plain) {
            let detail = format!(
                "takes 1 to {COMMAND_CHARS_MAX} lower-case letters, digits and underscores"
            );
            return Err(Error::invalid(format!("{pointer}/command"), detail));
        }
        let hint = format!("{pointer}/description");
        let description = check::line(&hint, &command.description, HINT_CHARS_MAX)?;
        Ok(BotCommand { command: name.to_owned(), description })
    };
    commands.iter().enumerate().map(check).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn apply(change: Value) -> Result<TelegramSettings> {
        let change: SettingsChange = serde_json::from_value(change).unwrap();
        let mut bot = TelegramSettings { bot_id: "7".to_owned(), ..TelegramSettings::default() };
        change.apply_to_telegram(&mut bot).map(|()| bot)
    }

    #[track_caller]
    fn refused(change: Value, place: &str) {
        let Err(Error::Invalid { pointer, .. }) = apply(change) else {
            panic!("{place} was accepted");
        };
        assert_eq!(pointer, place);
    }

    #[test]
    fn a_bot_has_commands_and_descriptions_and_the_rest_is_telegrams() {
        let commands = json!([{"command": "/start", "description": "Begin"}]);
        let bot = apply(json!({"commands": commands, "description": " Shop ", "bot_id": "7"}));
        let bot = bot.unwrap();
        assert_eq!((bot.commands[0].command.as_str(), bot.description.as_str()), ("start", "Shop"));
        refused(json!({"bot_id": "8"}), "/settings/bot_id");
        refused(json!({"username": "other_bot"}), "/settings/username");
        refused(json!({"mode": "polling"}), "/settings/mode");
        refused(json!({"short_description": "x".repeat(121)}), "/settings/short_description");
        for bad in ["", "/", "Start", "with space", &"x".repeat(33)] {
            let commands = json!([{"command": bad, "description": "d"}]);
            refused(json!({"commands": commands}), "/settings/commands/0/command");
        }
        let commands = json!([{"command": "help", "description": " "}]);
        refused(json!({"commands": commands}), "/settings/commands/0/description");
    }
}
