//! `answerCallbackQuery`: ends the waiting of who tapped a button.

use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;
use crate::telegram::text::units;

const TEXT_UNITS_MAX: usize = 200;

pub(super) fn answer(call: &mut Call<'_>) -> Outcome {
    if call.text("text").is_some_and(|text| units(text) > TEXT_UNITS_MAX) {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let id = call.text("callback_query_id").unwrap_or_default().to_owned();
    let params = call.params.clone();
    let bot = call.state.bots.get_mut(&call.bot);
    match bot.and_then(|bot| bot.callbacks.get_mut(&id)).filter(|answer| answer.is_none()) {
        Some(answer) => {
            *answer = Some(params);
            Ok(true.into())
        }
        None => Err(Refusal::bad(
            "query is too old and response timeout expired or query ID is invalid",
        )),
    }
}
