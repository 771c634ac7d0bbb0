//! `GET reports?metric=`: one metric over time.

use std::collections::HashMap;

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::Timestamp;
use tertulia_domain::report::{Calendar, Grain, Tally};

use super::metric::Metric;
use super::question::{Question, require, span};
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

/// Buckets of one answer: a year of hours.
const BUCKETS_MAX: usize = 9_000;

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    require(&ctx)?;
    let metric = Metric::read(&fields)?;
    let span = span(&fields, app.engine.clock.now())?;
    let calendar = calendar(&fields)?;
    let too_many = || Refusal::wrong("since", "is too far away");
    let starts = calendar.starts(span, BUCKETS_MAX).ok_or_else(too_many)?;
    let question = Question::read(&app, &ctx, &fields).await?;
    let buckets = question
        .fold(&app, &ctx, span, HashMap::new(), move |buckets, _, measure| {
            if let Some(start) = calendar.start(measure.at) {
                let tally: &mut Tally = buckets.entry(start).or_default();
                tally.add(measure);
            }
        })
        .await?;
    let bucket =
        |start: Timestamp| match metric.of(&buckets.get(&start).copied().unwrap_or_default()) {
            (value, None) => json!({"value": value, "timestamp": start.secs()}),
            (value, Some(count)) => {
                json!({"value": value, "timestamp": start.secs(), "count": count})
            }
        };
    Ok(Reply(starts.into_iter().map(bucket).collect::<Value>()))
}

/// Buckets by the clocks of `timezone_offset`, which is in hours.
fn calendar(fields: &Fields) -> Result<Calendar, Refusal> {
    let wrong = || Refusal::wrong("group_by", "must be hour, day, week, month or year");
    let grain = fields.filled("group_by")?.map_or(Ok(Grain::Day), |word| word.parse());
    let grain = grain.map_err(|_| wrong())?;
    let wrong = || Refusal::wrong("timezone_offset", "must be the hours before or after UTC");
    let hours = fields.filled("timezone_offset")?.map_or(Ok(0.0), |text| text.trim().parse());
    let hours: f64 = hours.map_err(|_| wrong())?;
    if !(-24.0..=24.0).contains(&hours) {
        return Err(wrong());
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most a day")]
    let secs = (hours * 3_600.0).round() as i32;
    Calendar::new(grain, secs).ok_or_else(wrong)
}
