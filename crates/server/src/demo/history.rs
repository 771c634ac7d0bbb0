//! Plays the plan through the engine, as if customers and agents had done it at those times.

use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::content::Content;
use tertulia_domain::conversation::Priority;
use tertulia_domain::message::Visibility;
use tertulia_domain::{ConversationId, Timestamp};
use tertulia_engine::inbound::{VisitorMessage, accept_visitor_message};
use tertulia_engine::messages::{Send, send};
use tertulia_engine::visitors::{Begin, Page, Profile};
use tertulia_engine::{Ctx, Engine, Error, Result, conversations, reads, visitors};

use super::account::{Agent, Business};
use super::clock::ScriptClock;
use super::dialogues::{Line, Speaker};
use super::plan::{Action, Customer, Plan, Step};

/// The address in the demo from which a customer comes; each has its own, as limits count by it.
const NETWORK: &str = "demo";

/// A conversation so far.
#[derive(Clone)]
struct Talk {
    visitor: Ctx,
    agent: usize,
    conversation: Option<ConversationId>,
    last_seq: i64,
}

struct Stage<'a> {
    engine: &'a Engine,
    business: &'a Business,
    talks: Vec<Option<Talk>>,
}

pub(super) async fn play(
    engine: &Engine,
    clock: &Arc<ScriptClock>,
    business: &Business,
    plan: &Plan,
) -> Result<()> {
    let now = engine.clock.now();
    let mut stage = Stage { engine, business, talks: vec![None; plan.customers.len()] };
    for step in &plan.steps {
        clock.set(now.minus(secs(step.before_now_secs)));
        let customer = plan.customers.get(step.conversation).ok_or_else(lost)?;
        stage.perform(step, customer).await?;
    }
    clock.set(now);
    Ok(())
}

impl Stage<'_> {
    async fn perform(&mut self, step: &Step, customer: &Customer) -> Result<()> {
        let mut talk = match self.talks.get(step.conversation).cloned().flatten() {
            Some(talk) => talk,
            None => self.arrive(step.conversation, customer).await?,
        };
        self.act(&mut talk, step).await?;
        if let Some(slot) = self.talks.get_mut(step.conversation) {
            *slot = Some(talk);
        }
        Ok(())
    }

    async fn arrive(&self, number: usize, customer: &Customer) -> Result<Talk> {
        let page = Page {
            url: Some("https://meridian.example/".to_owned()),
            title: Some("Meridian: stays, tables and trains".to_owned()),
            referrer: None,
        };
        let locale = Some(customer.language.code().to_owned());
        let begin = Begin { locale, page: Some(page), identity: None };
        let key = &self.business.widget_key;
        let ip = format!("{NETWORK}-{number}");
        let admitted = visitors::begin(self.engine, key, &ip, begin).await?;
        let visitor = visitors::authenticate(self.engine, &admitted.token).await?;
        let profile = Profile { name: Some(customer.name.clone()), ..Profile::default() };
        visitors::update(self.engine, &visitor, profile).await?;
        let visitor = visitors::authenticate(self.engine, &admitted.token).await?.ctx;
        Ok(Talk { visitor, agent: 0, conversation: None, last_seq: 0 })
    }

    async fn act(&self, talk: &mut Talk, step: &Step) -> Result<()> {
        let engine = self.engine;
        if let Action::Says(line) = step.action {
            return self.say(talk, line).await;
        }
        if let Action::AssignTo { agent } = step.action {
            talk.agent = agent;
        }
        let agent = self.agent(talk)?;
        let (ctx, conversation) = (&agent.ctx, talk.conversation.ok_or_else(lost)?);
        match step.action {
            Action::Says(_) => {}
            Action::AssignTo { .. } => {
                conversations::assign(engine, ctx, conversation, Some(agent.id)).await?;
            }
            Action::Label(label) => {
                let labels = vec![label.to_owned()];
                conversations::set_labels(engine, ctx, conversation, labels).await?;
            }
            Action::MarkUrgent => {
                conversations::set_priority(engine, ctx, conversation, Priority::Urgent).await?;
            }
            Action::Snooze { for_secs } => {
                let until = engine.clock.now().plus(secs(for_secs));
                conversations::snooze(engine, ctx, conversation, until).await?;
            }
            Action::Resolve => {
                self.customer_reads(talk).await?;
                conversations::resolve(engine, ctx, conversation).await?;
            }
        }
        Ok(())
    }

    async fn say(&self, talk: &mut Talk, line: Line) -> Result<()> {
        let content = Content::Text { text: line.text.to_owned() };
        let message = match line.speaker {
            Speaker::Customer => {
                self.customer_reads(talk).await?;
                let command = VisitorMessage {
                    client_id: format!("demo-{}", talk.last_seq),
                    content,
                    attachments: Vec::new(),
                    reply_to: None,
                    page: None,
                };
                accept_visitor_message(self.engine, &talk.visitor, command).await?
            }
            Speaker::Agent | Speaker::Note => {
                let ctx = &self.agent(talk)?.ctx;
                let conversation = talk.conversation.ok_or_else(lost)?;
                reads::mark(self.engine, ctx, conversation, talk.last_seq).await?;
                let is_note = line.speaker == Speaker::Note;
                let command = Send {
                    conversation,
                    content,
                    spans: Vec::new(),
                    visibility: if is_note { Visibility::Note } else { Visibility::Public },
                    client_id: None,
                    external_id: None,
                    reply_to: None,
                    attachments: Vec::new(),
                    expected_seq: None,
                };
                send(self.engine, ctx, command).await?
            }
        };
        talk.conversation = Some(message.conversation_id);
        talk.last_seq = message.seq;
        Ok(())
    }

    async fn customer_reads(&self, talk: &Talk) -> Result<()> {
        let Some(conversation) = talk.conversation else { return Ok(()) };
        reads::mark_by_contact(self.engine, &talk.visitor, conversation, talk.last_seq).await
    }

    fn agent(&self, talk: &Talk) -> Result<&Agent> {
        self.business.agents.get(talk.agent).ok_or_else(lost)
    }
}

fn secs(count: i64) -> Duration {
    Duration::from_secs(u64::try_from(count).unwrap_or(0))
}

/// The plan speaks of something that it has not brought in.
fn lost() -> Error {
    Error::Internal("the demo's plan contradicts itself".to_owned())
}

/// The start of a history: long enough ago for every step of a plan.
pub(super) fn beginning(now: Timestamp) -> Timestamp {
    now.minus(Duration::from_secs(40 * 24 * 60 * 60))
}
