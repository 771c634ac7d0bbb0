//! `getMe`, `logOut`, `close`.

use serde_json::json;

use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let bot = call.state.bots.get(&call.bot).ok_or_else(Refusal::unauthorized)?;
    let mut me = bot.user();
    if let Some(me) = me.as_object_mut() {
        me.insert("can_join_groups".to_owned(), json!(true));
        // In a group of the double a bot hears everything, as with privacy mode switched off.
        me.insert("can_read_all_group_messages".to_owned(), json!(true));
        me.insert("supports_inline_queries".to_owned(), json!(false));
        me.insert("can_connect_to_business".to_owned(), json!(false));
        me.insert("has_main_web_app".to_owned(), json!(false));
    }
    Ok(me.into())
}

/// After this the bot belongs to a local server for ten minutes, so this one knows it no more.
pub(super) fn log_out(call: &mut Call<'_>) -> Outcome {
    if let Some(bot) = call.state.bots.get_mut(&call.bot) {
        bot.logged_out = true;
    }
    Ok(true.into())
}

/// The real server lets the bot go and takes it up again at the next request.
pub(super) fn close(call: &mut Call<'_>) -> Outcome {
    if let Some(bot) = call.state.bots.get_mut(&call.bot) {
        bot.poll += 1;
    }
    Ok(true.into())
}
