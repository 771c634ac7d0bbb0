//! `GET reports/summary` and `GET reports/bot_summary`: all metrics of a time, and of the time before.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::report::{Measure, Span, Story, Tally};
use tertulia_engine::Ctx;

use super::metric;
use super::question::{Question, require, span};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    compare(&app, &ctx, &fields, metric::summary).await
}

pub(super) async fn show_of_bots(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    compare(&app, &ctx, &fields, metric::bot_summary).await
}

async fn compare(
    app: &App,
    ctx: &Ctx,
    fields: &Fields,
    shape: fn(&Tally) -> Value,
) -> Result<Reply, Refusal> {
    require(ctx)?;
    let now = span(fields, app.engine.clock.now())?;
    let question = Question::read(app, ctx, fields).await?;
    // One walk over both times.
    let both = Span { since: now.previous().since, until: now.until };
    let add = move |tallies: &mut (Tally, Tally), _: &Story, measure: Measure| {
        let (present, previous) = tallies;
        if now.has(measure.at) { present.add(measure) } else { previous.add(measure) }
    };
    let start = (Tally::default(), Tally::default());
    let (present, previous) = question.fold(app, ctx, both, start, add).await?;
    let mut answer = shape(&present);
    if let Value::Object(answer) = &mut answer {
        answer.insert("previous".to_owned(), json!(shape(&previous)));
    }
    Ok(Reply(answer))
}
