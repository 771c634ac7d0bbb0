//! What a report is asked about: which conversations, whose work, and when.

use std::time::Duration;

use tertulia_domain::access::Permission;
use tertulia_domain::report::{Measure, Span, Story, measures};
use tertulia_domain::{AccountId, InboxId, LabelId, TeamId, Timestamp, UserId};
use tertulia_engine::Ctx;
use tertulia_store::reports::{About, walk};
use tertulia_store::{Error, ReadTx, Scope, inboxes, labels, teams, users};

use crate::app::App;
use crate::compat::chatwoot::{Fields, Refusal};

/// The longest time that one report may cover.
const SPAN_DAYS_MAX: u64 = 370;
const DAY_SECS: u64 = 86_400;

/// Which conversations, or whose work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Question {
    #[default]
    Account,
    Agent(UserId),
    Inbox(InboxId),
    Team(TeamId),
    Label(LabelId),
}

/// Refuses those who do not see every conversation.
pub(super) fn require(ctx: &Ctx) -> Result<(), Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    Ok(ctx.require(Permission::InboxesAll)?)
}

/// The time that a request names; the last 30 days when it names none.
pub(super) fn span(fields: &Fields, now: Timestamp) -> Result<Span, Refusal> {
    let until = fields.moment("until")?.unwrap_or(now);
    let month = until.minus(Duration::from_secs(30 * DAY_SECS));
    let since = fields.moment("since")?.unwrap_or(month);
    if until <= since {
        return Err(Refusal::wrong("until", "must be after since"));
    }
    if until.since(since) > Duration::from_secs(SPAN_DAYS_MAX * DAY_SECS) {
        let detail = format!("must be at most {SPAN_DAYS_MAX} days after since");
        return Err(Refusal::wrong("until", &detail));
    }
    Ok(Span { since, until })
}

impl Question {
    /// What `type` and `id` name; something that is not there is not found.
    pub(super) async fn read(app: &App, ctx: &Ctx, fields: &Fields) -> Result<Self, Refusal> {
        let Some(kind) = fields.filled("type")?.filter(|kind| kind != "account") else {
            return Ok(Self::Account);
        };
        let id = fields.integer("id")?.ok_or_else(|| Refusal::wrong("id", "is missing"))?;
        let question = match kind.as_str() {
            "agent" => Self::Agent(UserId(id)),
            "inbox" => Self::Inbox(InboxId(id)),
            "team" => Self::Team(TeamId(id)),
            "label" => Self::Label(LabelId(id)),
            _ => {
                let detail = "must be account, agent, inbox, label or team";
                return Err(Refusal::wrong("type", detail));
            }
        };
        let account = ctx.account_id;
        let is_there = app
            .engine
            .store
            .read::<_, Error, _>(Scope::Account(account), move |tx| question.is_there(tx, account))
            .await?;
        if is_there { Ok(question) } else { Err(Refusal::not_found()) }
    }

    fn is_there(self, tx: &mut ReadTx<'_>, account: AccountId) -> Result<bool, Error> {
        Ok(match self {
            Self::Account => true,
            Self::Agent(user) => users::get(tx, account, user)?.is_some(),
            Self::Inbox(inbox) => inboxes::get(tx, account, inbox)?.is_some(),
            Self::Team(team) => teams::get(tx, account, team)?.is_some(),
            Self::Label(label) => labels::get(tx, account, label)?.is_some(),
        })
    }

    /// Folds every measure of the span into what a report needs.
    pub(super) async fn fold<T: Clone + Send + 'static>(
        self,
        app: &App,
        ctx: &Ctx,
        span: Span,
        start: T,
        add: impl Fn(&mut T, &Story, Measure) + Send + 'static,
    ) -> Result<T, Refusal> {
        let account = ctx.account_id;
        let folded = app
            .engine
            .store
            .read::<_, Error, _>(Scope::Account(account), move |tx| {
                let mut folded = start.clone();
                walk(tx, account, self.about(), span, |story| {
                    let found = measures(story).into_iter().filter(|one| span.has(one.at));
                    for measure in found.filter(|one| self.wants(one)) {
                        add(&mut folded, story, measure);
                    }
                })?;
                Ok(folded)
            })
            .await?;
        Ok(folded)
    }

    /// The conversations to look at. A person may have written in any of them.
    fn about(self) -> About {
        match self {
            Self::Account | Self::Agent(_) => About::default(),
            Self::Inbox(inbox) => About { inbox: Some(inbox), ..About::default() },
            Self::Team(team) => About { team: Some(team), ..About::default() },
            Self::Label(label) => About { label: Some(label), ..About::default() },
        }
    }

    fn wants(self, measure: &Measure) -> bool {
        match self {
            Self::Agent(user) => measure.agent == Some(user),
            Self::Account | Self::Inbox(_) | Self::Team(_) | Self::Label(_) => true,
        }
    }
}
