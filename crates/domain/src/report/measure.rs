//! What one conversation adds to a report.

use std::time::Duration;

use crate::{ConversationId, InboxId, LabelId, TeamId, Timestamp, UserId};

/// One conversation with what happened in it, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    pub conversation: ConversationId,
    pub inbox: InboxId,
    pub team: Option<TeamId>,
    /// Whose it is today.
    pub assignee: Option<UserId>,
    pub labels: Vec<LabelId>,
    pub created_at: Timestamp,
    pub facts: Vec<Fact>,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    pub at: Timestamp,
    pub step: Step,
}

/// What can happen that a report counts. Notes and greetings are not among it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The customer wrote.
    Customer,
    /// A person wrote to the customer.
    Agent(UserId),
    /// A program wrote to the customer.
    App,
    /// A program asked for people, or failed.
    HandedOver,
    /// It was closed.
    Resolved,
}

/// One addition to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    pub at: Timestamp,
    /// Who wrote; for the conversation and its closing, whose it is.
    pub agent: Option<UserId>,
    pub value: Value,
}

/// What is counted, and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Conversation,
    Incoming,
    Outgoing,
    /// The first message of a person, since the conversation began.
    FirstResponse(Duration),
    /// A later message of a person to somebody who waited, since then.
    Reply(Duration),
    /// A closing, since the conversation began.
    Resolution(Duration),
    /// A closing after a program wrote and no person did.
    BotResolution,
    BotHandoff,
}

/// All that a conversation adds, whenever it happened.
#[must_use]
pub fn measures(story: &Story) -> Vec<Measure> {
    let mut walk = Walk { found: Vec::with_capacity(story.facts.len() + 1), ..Walk::default() };
    walk.add(story.created_at, story.assignee, Value::Conversation);
    for fact in &story.facts {
        walk.step(story, *fact);
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Vec<Measure>,
    /// The customer waits for an answer since then.
    waits_since: Option<Timestamp>,
    person_wrote: bool,
    app_wrote: bool,
}

impl Walk {
    fn add(&mut self, at: Timestamp, agent: Option<UserId>, value: Value) {
        self.found.push(Measure { at, agent, value });
    }

    fn step(&mut self, story: &Story, Fact { at, step }: Fact) {
        match step {
            Step::Customer => {
                self.waits_since.get_or_insert(at);
                self.add(at, None, Value::Incoming);
            }
            Step::Agent(user) => {
                self.add(at, Some(user), Value::Outgoing);
                let waited_since = self.waits_since.take();
                if !self.person_wrote {
                    let took = at.since(story.created_at);
                    self.add(at, Some(user), Value::FirstResponse(took));
                } else if let Some(since) = waited_since {
                    self.add(at, Some(user), Value::Reply(at.since(since)));
                }
                self.person_wrote = true;
            }
            Step::App => {
                self.waits_since = None;
                self.app_wrote = true;
                self.add(at, None, Value::Outgoing);
            }
            Step::HandedOver => {
                self.waits_since.get_or_insert(at);
                self.add(at, story.assignee, Value::BotHandoff);
            }
            Step::Resolved => {
                self.waits_since = None;
                let took = at.since(story.created_at);
                self.add(at, story.assignee, Value::Resolution(took));
                if self.app_wrote && !self.person_wrote {
                    self.add(at, story.assignee, Value::BotResolution);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: UserId = UserId(1);
    const BEA: UserId = UserId(2);

    fn at(secs: i64) -> Timestamp {
        Timestamp(secs * 1_000_000)
    }

    fn check(steps: &[(i64, Step)], expected: &[(i64, Option<UserId>, Value)]) {
        let facts = steps.iter().map(|&(secs, step)| Fact { at: at(secs), step }).collect();
        let story = Story {
            conversation: ConversationId(1),
            inbox: InboxId(1),
            team: None,
            assignee: Some(BEA),
            labels: Vec::new(),
            created_at: at(0),
            facts,
        };
        let mut wanted = vec![Measure { at: at(0), agent: Some(BEA), value: Value::Conversation }];
        wanted.extend(expected.iter().map(|&(secs, agent, value)| Measure {
            at: at(secs),
            agent,
            value,
        }));
        assert_eq!(measures(&story), wanted);
    }

    fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    #[test]
    fn the_first_answer_is_timed_from_the_beginning_and_later_ones_from_the_question() {
        check(
            &[
                (0, Step::Customer),
                (10, Step::Customer),
                (30, Step::Agent(ANA)),
                (40, Step::Agent(ANA)),
                (100, Step::Customer),
                (105, Step::Customer),
                (160, Step::Agent(BEA)),
            ],
            &[
                (0, None, Value::Incoming),
                (10, None, Value::Incoming),
                (30, Some(ANA), Value::Outgoing),
                (30, Some(ANA), Value::FirstResponse(secs(30))),
                (40, Some(ANA), Value::Outgoing),
                (100, None, Value::Incoming),
                (105, None, Value::Incoming),
                (160, Some(BEA), Value::Outgoing),
                (160, Some(BEA), Value::Reply(secs(60))),
            ],
        );
    }

    #[test]
    fn closing_ends_a_wait_and_belongs_to_whose_it_is() {
        check(
            &[
                (0, Step::Agent(ANA)),
                (5, Step::Customer),
                (9, Step::Resolved),
                (20, Step::Agent(ANA)),
            ],
            &[
                (0, Some(ANA), Value::Outgoing),
                (0, Some(ANA), Value::FirstResponse(secs(0))),
                (5, None, Value::Incoming),
                (9, Some(BEA), Value::Resolution(secs(9))),
                (20, Some(ANA), Value::Outgoing),
            ],
        );
    }

    #[test]
    fn a_program_resolves_only_what_no_person_touched() {
        check(
            &[(1, Step::Customer), (2, Step::App), (3, Step::Resolved)],
            &[
                (1, None, Value::Incoming),
                (2, None, Value::Outgoing),
                (3, Some(BEA), Value::Resolution(secs(3))),
                (3, Some(BEA), Value::BotResolution),
            ],
        );
        check(
            &[(2, Step::App), (4, Step::HandedOver), (9, Step::Agent(ANA)), (11, Step::Resolved)],
            &[
                (2, None, Value::Outgoing),
                (4, Some(BEA), Value::BotHandoff),
                (9, Some(ANA), Value::Outgoing),
                (9, Some(ANA), Value::FirstResponse(secs(9))),
                (11, Some(BEA), Value::Resolution(secs(11))),
            ],
        );
    }
}
