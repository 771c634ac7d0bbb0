//! `GET reports/bot_metrics`: how much of the work programs did.

use std::collections::HashSet;

use axum::extract::State;
use serde_json::json;
use tertulia_domain::ConversationId;
use tertulia_domain::report::{Measure, Story, Value};

use super::question::{Question, require, span};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// What programs did in some conversations.
#[derive(Debug, Clone, Default)]
struct Work {
    /// Those in which a program wrote, or that it closed or handed over.
    conversations: HashSet<ConversationId>,
    messages: i64,
    resolved: HashSet<ConversationId>,
    handed_over: HashSet<ConversationId>,
}

impl Work {
    fn add(&mut self, story: &Story, measure: Measure) {
        let conversation = story.conversation;
        match measure.value {
            Value::Outgoing if measure.agent.is_none() => self.messages += 1,
            Value::BotResolution => drop(self.resolved.insert(conversation)),
            Value::BotHandoff => drop(self.handed_over.insert(conversation)),
            Value::Conversation
            | Value::Incoming
            | Value::Outgoing
            | Value::FirstResponse(_)
            | Value::Reply(_)
            | Value::Resolution(_) => return,
        }
        self.conversations.insert(conversation);
    }

    /// The share of the conversations, in whole percent.
    fn share(&self, part: &HashSet<ConversationId>) -> usize {
        (part.len() * 100).checked_div(self.conversations.len()).unwrap_or(0)
    }
}

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    require(&ctx)?;
    let span = span(&fields, app.engine.clock.now())?;
    let question = Question::read(&app, &ctx, &fields).await?;
    let work = question.fold(&app, &ctx, span, Work::default(), Work::add).await?;
    Ok(Reply(json!({
        "conversation_count": work.conversations.len(),
        "message_count": work.messages,
        "resolution_rate": work.share(&work.resolved),
        "handoff_rate": work.share(&work.handed_over),
    })))
}
