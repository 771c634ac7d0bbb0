//! Pushes updates to webhooks: several at once, those of one chat one after the other, and each
//! again and again until the target answers 2xx.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use tokio::task::JoinSet;

use super::api;
use super::http::{Answer, Ask, ask};
use super::parameters::Parameters;
use super::state::{FaultKind, Reception, Shared, State};

const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// How long a target may think before the connection is given up.
const WAIT_SECS: u64 = 60;
/// A target cannot ask for a longer pause than this.
const RETRY_AFTER_SECS_MAX: i64 = 3_600;

/// One update on its way.
#[derive(Debug)]
struct Push {
    bot: i64,
    update: i64,
    url: String,
    secret_token: String,
    body: Bytes,
    generation: u64,
    copies: usize,
    truncated: bool,
}

/// Runs for as long as the double does.
pub(crate) async fn run(shared: Arc<Shared>) {
    let mut bell = shared.bell();
    let mut pushes = JoinSet::new();
    loop {
        let (ready, due_in) = shared.look(|state| (state.claim(), state.due_in()));
        for push in ready {
            pushes.spawn(deliver(Arc::clone(&shared), push));
        }
        tokio::select! {
            changed = bell.changed() => if changed.is_err() { return },
            Some(_) = pushes.join_next() => {}
            () = tokio::time::sleep(due_in) => {}
        }
    }
}

async fn deliver(shared: Arc<Shared>, push: Push) {
    let mut outcome = Err("no copy was sent".to_owned());
    let mut copies = JoinSet::new();
    for _ in 0..push.copies {
        let (url, body) = (push.url.clone(), push.body.clone());
        let (secret, truncated) = (push.secret_token.clone(), push.truncated);
        copies.spawn(async move { send(&url, &secret, body, truncated).await });
    }
    while let Some(copy) = copies.join_next().await {
        let copy = copy.unwrap_or_else(|error| Err(error.to_string()));
        // One copy that was taken is enough.
        if !taken(&outcome) {
            outcome = copy;
        }
    }
    shared.change(|state| state.settle_push(&push, &outcome));
    let reply = outcome.ok().filter(|answer| (200..300).contains(&answer.status));
    if let Some(call) = reply.and_then(|answer| method_in(&answer.body)) {
        shared.change(|state| state.call_of_answer(push.bot, call));
    }
}

async fn send(url: &str, secret: &str, body: Bytes, truncated: bool) -> Result<Answer, String> {
    let mut headers = vec![("Content-Type", "application/json".to_owned())];
    if !secret.is_empty() {
        headers.push(("X-Telegram-Bot-Api-Secret-Token", secret.to_owned()));
    }
    let sent_bytes_max = truncated.then_some(body.len() / 2);
    ask(Ask {
        method: "POST",
        url,
        headers,
        body,
        sent_bytes_max,
        answer_bytes_max: ANSWER_BYTES_MAX,
        wait: Duration::from_secs(WAIT_SECS),
    })
    .await
}

fn taken(outcome: &Result<Answer, String>) -> bool {
    outcome.as_ref().is_ok_and(|answer| (200..300).contains(&answer.status))
}

/// A method that the target calls by its answer; what would only be read is not called.
fn method_in(body: &[u8]) -> Option<(String, Parameters)> {
    let Ok(Value::Object(mut values)) = serde_json::from_slice(body) else { return None };
    let method = values.shift_remove("method")?.as_str()?.to_owned();
    let silent = ["setwebhook", "deletewebhook", "close", "logout"];
    let name = method.to_lowercase();
    let callable = !silent.contains(&name.as_str()) && !name.starts_with("get");
    callable.then(|| (method, Parameters { values, ..Parameters::default() }))
}

impl State {
    /// Takes what may be pushed now and marks it as on its way.
    fn claim(&mut self) -> Vec<Push> {
        let mut claimed = Vec::new();
        let bots: Vec<i64> = self.bots.keys().copied().collect();
        for bot in bots {
            self.expire_updates(bot);
            while let Some(push) = self.claim_one(bot) {
                claimed.push(push);
            }
        }
        claimed
    }

    fn claim_one(&mut self, bot_id: i64) -> Option<Push> {
        let now = self.now_ms;
        let bot = self.bots.get(&bot_id)?;
        let webhook = bot.webhook.clone()?;
        let in_flight = bot.queue.iter().filter(|queued| queued.in_flight).count();
        if in_flight >= webhook.max_connections {
            return None;
        }
        let shuffled = self.faults.iter().any(|fault| fault.kind == FaultKind::Shuffle);
        let mut waiting = HashSet::new();
        let ready: Vec<usize> = (0..bot.queue.len())
            .filter(|index| {
                let Some(queued) = bot.queue.get(*index) else { return false };
                // The first of a chat goes first, unless the order is to be lost.
                let first = waiting.insert(queued.chat);
                (first || shuffled) && !queued.in_flight && queued.due_ms <= now
            })
            .take(if shuffled { usize::MAX } else { 1 })
            .collect();
        let chosen = if shuffled { self.chance(ready.len()) } else { 0 };
        let index = *ready.get(chosen)?;
        if shuffled {
            // Counts the fault, which may be meant for so many deliveries only.
            self.fault_of_delivery(|kind| *kind == FaultKind::Shuffle);
        }
        let copies =
            match self.fault_of_delivery(|kind| matches!(kind, FaultKind::Duplicate { .. })) {
                Some(FaultKind::Duplicate { copies }) => copies.max(1),
                _ => 1,
            };
        let truncated =
            self.fault_of_delivery(|kind| *kind == FaultKind::TruncateWebhook).is_some();
        let queued = self.bots.get_mut(&bot_id)?.queue.get_mut(index)?;
        queued.in_flight = true;
        Some(Push {
            bot: bot_id,
            update: queued.id,
            url: webhook.url,
            secret_token: webhook.secret_token,
            body: queued.body.to_string().into(),
            generation: webhook.generation,
            copies,
            truncated,
        })
    }

    /// How long nothing will be due, if nothing changes.
    fn due_in(&self) -> Duration {
        let waiting = self.bots.values().filter(|bot| bot.webhook.is_some());
        let due = waiting
            .flat_map(|bot| bot.queue.iter())
            .filter(|queued| !queued.in_flight && queued.due_ms > self.now_ms)
            .map(|queued| queued.due_ms - self.now_ms)
            .min();
        Duration::from_millis(u64::try_from(due.unwrap_or(60_000)).unwrap_or(1))
    }

    fn settle_push(&mut self, push: &Push, outcome: &Result<Answer, String>) {
        let (now, settings) = (self.now_ms, self.settings.clone());
        let status = outcome.as_ref().map_or(0, |answer| answer.status);
        let reception =
            Reception { at_ms: now, bot: push.bot, update_id: push.update, by: "webhook", status };
        self.receptions.push(reception);
        let Some(bot) = self.bots.get_mut(&push.bot) else { return };
        if taken(outcome) {
            bot.queue.retain(|queued| queued.id != push.update);
            return;
        }
        let (error, retry_after_secs) = match outcome {
            Ok(answer) => {
                let text =
                    format!("Wrong response from the webhook: {} {}", answer.status, answer.reason);
                (text, answer.header("retry-after").and_then(|secs| secs.parse::<i64>().ok()))
            }
            Err(error) => (error.clone(), None),
        };
        if let Some(webhook) =
            bot.webhook.as_mut().filter(|hook| hook.generation == push.generation)
        {
            webhook.last_error = Some((now / 1_000, error));
        }
        let Some(queued) = bot.queue.iter_mut().find(|queued| queued.id == push.update) else {
            return;
        };
        let doubled = settings.retry_ms.saturating_mul(1 << queued.failures.min(20));
        let pause_ms = match retry_after_secs {
            Some(secs) => secs.clamp(0, RETRY_AFTER_SECS_MAX) * 1_000,
            None => doubled.min(settings.retry_ms_max),
        };
        queued.in_flight = false;
        queued.failures += 1;
        queued.due_ms = now + pause_ms;
    }

    /// Runs the method that a target called by its answer; the result is told to nobody.
    fn call_of_answer(&mut self, bot: i64, (method, parameters): (String, Parameters)) {
        let request = self.note(bot, &method, &parameters, None, None);
        let outcome = api::run(self, bot, &method, parameters, request);
        self.settle(request, &outcome);
    }

    /// What was on its way when the double was killed is on its way no more.
    pub(crate) fn forget_flights(&mut self) {
        for bot in self.bots.values_mut() {
            bot.polling = false;
            for queued in &mut bot.queue {
                queued.in_flight = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Push;
    use crate::telegram::state::{Fault, FaultKind, State, Webhook};

    /// A bot with a webhook of three connections, and two updates of each of five chats.
    fn waiting() -> State {
        let mut state = State::default();
        let bot = state.add_bot("Shop", "shop_bot");
        for chat in [1, 1, 2, 2, 3, 3, 4, 4, 5, 5] {
            state.tell(bot, chat, "message", json!({"chat": chat}));
        }
        let webhook = Webhook { max_connections: 3, ..Webhook::default() };
        state.bots.get_mut(&bot).unwrap().webhook = Some(webhook);
        state
    }

    fn numbers(pushes: &[Push]) -> Vec<i64> {
        pushes.iter().map(|push| push.update - 900_000_001).collect()
    }

    #[test]
    fn only_the_first_of_each_chat_is_pushed_and_only_so_many_at_once() {
        let mut state = waiting();
        let pushes = state.claim();
        assert_eq!(numbers(&pushes), [0, 2, 4]);
        assert!(state.claim().is_empty(), "every connection is taken");
        let bot = state.bots.values_mut().next().unwrap();
        bot.queue.retain(|queued| queued.id != pushes[0].update);
        assert_eq!(numbers(&state.claim()), [1], "the next of that chat is the oldest that may go");
    }

    #[test]
    fn a_refused_update_holds_back_its_chat_and_pauses_grow() {
        let mut state = waiting();
        state.settings.retry_ms = 1_000;
        state.settings.retry_ms_max = 3_000;
        let pushes = state.claim();
        let mut dues = Vec::new();
        for _ in 0..4 {
            state.settle_push(&pushes[0], &Err("Connection refused".to_owned()));
            dues.push(state.bots.values().next().unwrap().queue[0].due_ms);
        }
        assert_eq!(dues, [1_000, 2_000, 3_000, 3_000]);
        assert_eq!(numbers(&state.claim()), [6], "another chat goes on");
    }

    #[test]
    fn shuffled_updates_of_a_chat_may_overtake_each_other() {
        let overtaken = (0..20).any(|seed| {
            let mut state = waiting();
            for _ in 0..seed {
                state.chance(2);
            }
            state.faults.push(Fault::always(FaultKind::Shuffle));
            numbers(&state.claim()).iter().any(|number| number % 2 == 1)
        });
        assert!(overtaken);
    }
}
