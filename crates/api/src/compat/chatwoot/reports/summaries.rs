//! `GET summary_reports/{agent,team,inbox,label}`: a line for each of them.

use std::collections::HashMap;

use axum::extract::State;
use tertulia_domain::report::{Measure, Story, Tally};
use tertulia_domain::{AccountId, InboxId, LabelId, TeamId, UserId};
use tertulia_store::{Error, ReadTx, Scope, inboxes, labels, teams, users};

use super::metric;
use super::question::{Question, require, span};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// Lines of one table.
const LINES_MAX: i64 = 1_000;

/// What the lines of a table are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Agent,
    Team,
    Inbox,
    Label,
}

impl Line {
    /// Everything that has a line.
    fn ids(self, tx: &mut ReadTx<'_>, account: AccountId) -> Result<Vec<i64>, Error> {
        Ok(match self {
            Line::Agent => {
                let found = users::list(tx, account, UserId(0), LINES_MAX)?;
                found.into_iter().filter(|user| user.active).map(|user| user.id.0).collect()
            }
            Line::Team => {
                let found = teams::list(tx, account, TeamId(0), LINES_MAX)?;
                found.into_iter().map(|team| team.id.0).collect()
            }
            Line::Inbox => {
                let found = inboxes::list(tx, account, InboxId(0), LINES_MAX)?;
                found.into_iter().map(|inbox| inbox.id.0).collect()
            }
            Line::Label => {
                let found = labels::list(tx, account, LabelId(0), LINES_MAX)?;
                found.into_iter().map(|label| label.id.0).collect()
            }
        })
    }

    /// Whose lines a measure belongs to.
    fn of(self, story: &Story, measure: Measure) -> Vec<i64> {
        match self {
            Line::Agent => measure.agent.into_iter().map(|id| id.0).collect(),
            Line::Team => story.team.into_iter().map(|id| id.0).collect(),
            Line::Inbox => vec![story.inbox.0],
            Line::Label => story.labels.iter().map(|id| id.0).collect(),
        }
    }
}

pub(super) async fn by_agent(
    caller: Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    table(caller, &app, &fields, Line::Agent).await
}

pub(super) async fn by_team(
    caller: Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    table(caller, &app, &fields, Line::Team).await
}

pub(super) async fn by_inbox(
    caller: Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    table(caller, &app, &fields, Line::Inbox).await
}

pub(super) async fn by_label(
    caller: Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    table(caller, &app, &fields, Line::Label).await
}

/// Everything has a line, also if nothing happened.
async fn table(
    Caller(ctx): Caller,
    app: &App,
    fields: &Fields,
    line: Line,
) -> Result<Reply, Refusal> {
    require(&ctx)?;
    let (account, span) = (ctx.account_id, span(fields, app.engine.clock.now())?);
    let store = &app.engine.store;
    let ids = store.read(Scope::Account(account), move |tx| line.ids(tx, account)).await?;
    let add = move |tallies: &mut HashMap<i64, Tally>, story: &Story, measure: Measure| {
        for id in line.of(story, measure) {
            tallies.entry(id).or_default().add(measure);
        }
    };
    let tallies = Question::Account.fold(app, &ctx, span, HashMap::new(), add).await?;
    let shape = |id: i64| metric::line(id, &tallies.get(&id).copied().unwrap_or_default());
    Ok(Reply(ids.into_iter().map(shape).collect()))
}
