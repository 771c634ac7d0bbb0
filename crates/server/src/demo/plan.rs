//! What happens in the demo account, and when: a pure, repeatable script made from the dialogues.
//! Steps are in the order of time across all conversations, as they would have come in real life.

use super::dialogues::{Dialogue, Language, Line, Speaker};
use super::people::customer_name;

const MINUTE_SECS: i64 = 60;
const HOUR_SECS: i64 = 60 * MINUTE_SECS;
const DAY_SECS: i64 = 24 * HOUR_SECS;

/// Served conversations are spread over this long before now, waiting ones over the last hours.
const HISTORY_SECS: i64 = 30 * DAY_SECS;
const WAITING_SECS: i64 = 6 * HOUR_SECS;

/// A word stem in any of the languages, and the label of a conversation that contains it.
const LABEL_STEMS: &[(&str, &str)] = &[
    ("refund", "refund"),
    ("return", "refund"),
    ("troca", "refund"),
    ("devol", "refund"),
    ("возврат", "refund"),
    ("train", "travel"),
    ("taxi", "travel"),
    ("поезд", "travel"),
    ("такси", "travel"),
    ("embarque", "travel"),
    ("hotel", "booking"),
    ("restaurant", "booking"),
    ("reserva", "booking"),
    ("гостиниц", "booking"),
    ("отел", "booking"),
    ("ресторан", "booking"),
    ("pix", "billing"),
    ("nota fiscal", "billing"),
    ("promo code", "billing"),
    ("entrega", "delivery"),
    ("pedido", "delivery"),
    ("aplicativo", "technical"),
    ("senha", "technical"),
    ("internet", "technical"),
];

#[derive(Debug, Clone, Copy)]
pub(super) enum Action {
    Says(Line),
    AssignTo { agent: usize },
    Label(&'static str),
    MarkUrgent,
    Snooze { for_secs: i64 },
    Resolve,
}

/// One thing that happens in one conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Seconds before now.
    pub(super) before_now_secs: i64,
    pub(super) conversation: usize,
    pub(super) action: Action,
}

#[derive(Debug)]
pub(super) struct Customer {
    pub(super) name: String,
    pub(super) language: Language,
}

#[derive(Debug)]
pub(super) struct Plan {
    /// The customer of each conversation, by its number in the steps.
    pub(super) customers: Vec<Customer>,
    pub(super) steps: Vec<Step>,
}

/// Each dialogue is served once to its end; its beginning comes a second time from somebody who
/// is still waiting or being served, so that the lists are filled as on an ordinary day.
///
/// `agents` are the languages of those who answer; each dialogue gets one who speaks its language.
pub(super) fn make(dialogues: &[Dialogue], agents: &[Language]) -> Plan {
    let mut customers = Vec::new();
    let mut steps = Vec::new();
    for (index, dialogue) in dialogues.iter().enumerate() {
        let agent = agent_for(dialogue.language, index, agents);
        for begun_only in [false, true] {
            let conversation = customers.len();
            let customer = Customer {
                name: customer_name(dialogue.language, conversation),
                language: dialogue.language,
            };
            customers.push(customer);
            let dice = Dice::new(conversation);
            let script = if begun_only {
                begun(dialogue, &dice, agent)
            } else {
                served(dialogue, &dice, agent)
            };
            steps.extend(script.into_iter().map(|(before_now_secs, action)| Step {
                before_now_secs,
                conversation,
                action,
            }));
        }
    }
    // The sort is stable: what happens in one second keeps its order.
    steps.sort_by_key(|step| -step.before_now_secs);
    Plan { customers, steps }
}

/// Those who speak a language take turns.
fn agent_for(language: Language, turn: usize, agents: &[Language]) -> usize {
    let speakers: Vec<usize> = agents
        .iter()
        .enumerate()
        .filter(|(_, spoken)| **spoken == language)
        .map(|(index, _)| index)
        .collect();
    speakers.get(turn % speakers.len().max(1)).copied().unwrap_or_default()
}

/// A conversation from the first line to the last.
fn served(dialogue: &Dialogue, dice: &Dice, agent: usize) -> Vec<(i64, Action)> {
    let mut clock = Countdown(DAY_SECS + dice.below(1, HISTORY_SECS - DAY_SECS));
    let mut script = Vec::new();
    for (number, line) in dialogue.lines.iter().enumerate() {
        script.push((clock.0, Action::Says(*line)));
        if number == 0 {
            script.extend(label_of(dialogue).map(|label| (clock.0, Action::Label(label))));
            clock.pass(20 + dice.below(2, 90));
            script.push((clock.0, Action::AssignTo { agent }));
        }
        clock.pass(15 + dice.below(number + 3, 100));
    }
    script.push((clock.0, Action::Resolve));
    script
}

/// The beginning of a conversation that is still open.
fn begun(dialogue: &Dialogue, dice: &Dice, agent: usize) -> Vec<(i64, Action)> {
    let mut clock = Countdown(HOUR_SECS + dice.below(1, WAITING_SECS));
    let mut script = Vec::new();
    let is_waiting = dice.below(2, 3) == 0;
    for (number, line) in beginning(dialogue, if is_waiting { 1 } else { 3 }).iter().enumerate() {
        script.push((clock.0, Action::Says(*line)));
        if number == 0 {
            script.extend(label_of(dialogue).map(|label| (clock.0, Action::Label(label))));
            if dice.below(3, 12) == 0 {
                script.push((clock.0, Action::MarkUrgent));
            }
            if !is_waiting {
                clock.pass(15 + dice.below(4, 60));
                script.push((clock.0, Action::AssignTo { agent }));
            }
        }
        clock.pass(10 + dice.below(number + 5, 80));
    }
    if !is_waiting && dice.below(6, 9) == 0 {
        script.push((clock.0, Action::Snooze { for_secs: 2 * DAY_SECS }));
    }
    script
}

/// The first lines of a dialogue, up to the last of a number of customer's lines.
fn beginning(dialogue: &Dialogue, customer_lines: usize) -> &[Line] {
    let end = dialogue
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.speaker == Speaker::Customer)
        .take(customer_lines)
        .last()
        .map_or(0, |(index, _)| index + 1);
    dialogue.lines.get(..end).unwrap_or_default()
}

fn label_of(dialogue: &Dialogue) -> Option<&'static str> {
    let text = dialogue.lines.iter().map(|line| line.text.to_lowercase()).collect::<String>();
    LABEL_STEMS.iter().find(|(stem, _)| text.contains(stem)).map(|(_, label)| *label)
}

/// Seconds left until now; passing time never reaches it.
struct Countdown(i64);

impl Countdown {
    fn pass(&mut self, secs: i64) {
        self.0 = (self.0 - secs).max(1);
    }
}

/// Repeatable chance: the same demo every time.
struct Dice {
    seed: u64,
}

impl Dice {
    fn new(conversation: usize) -> Self {
        Self { seed: conversation as u64 + 1 }
    }

    /// A number from 0 to `end - 1`; `throw` tells the throws of one conversation apart.
    fn below(&self, throw: usize, end: i64) -> i64 {
        // The finalizer of SplitMix64: neighbouring inputs give unrelated outputs.
        let mut mixed = self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (throw as u64) << 32;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) >> 1).map_or(0, |number| number % end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Language, make};
    use crate::demo::dialogues;

    #[test]
    fn the_plan_is_repeatable_in_order_and_of_every_kind() {
        let dialogues = dialogues::all();
        let agents = [Language::English, Language::Portuguese, Language::Russian];
        let plan = make(&dialogues, &agents);
        let again = make(&dialogues, &agents);
        assert_eq!(format!("{plan:?}"), format!("{again:?}"));
        assert!(plan.customers.len() >= 200, "{}", plan.customers.len());
        assert!(plan.steps.is_sorted_by_key(|step| -step.before_now_secs));
        let count = |wanted: fn(&Action) -> bool| {
            plan.steps.iter().filter(|step| wanted(&step.action)).count()
        };
        assert!(count(|action| matches!(action, Action::Resolve)) >= 100);
        assert!(count(|action| matches!(action, Action::Snooze { .. })) >= 3);
        assert!(count(|action| matches!(action, Action::MarkUrgent)) >= 3);
        assert!(count(|action| matches!(action, Action::Label(_))) >= 100);
    }
}
