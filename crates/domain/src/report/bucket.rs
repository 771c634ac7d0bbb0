//! Hours, days, weeks, months and years of a place with a fixed offset from UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{RoundMode, Span as Length, Unit};

use super::Span;
use crate::Timestamp;
use crate::closed::closed_enum;

closed_enum! {
    /// How long a bucket is.
    Grain {
        Hour = "hour",
        Day = "day",
        /// Begins on Monday.
        Week = "week",
        Month = "month",
        Year = "year",
    }
}

/// Cuts time into buckets, by the clocks of one offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    grain: Grain,
    offset: Offset,
}

impl Calendar {
    /// `None` when no place on earth has such an offset.
    #[must_use]
    pub fn new(grain: Grain, offset_secs: i32) -> Option<Self> {
        Some(Self { grain, offset: Offset::from_seconds(offset_secs).ok()? })
    }

    /// Where the bucket begins that a moment is in; `None` for years that no calendar has.
    #[must_use]
    pub fn start(self, at: Timestamp) -> Option<Timestamp> {
        self.moment(self.floor(self.civil(at)?)?)
    }

    /// The beginnings of all buckets that a span touches, at most `max`; `None` when it touches more.
    #[must_use]
    pub fn starts(self, span: Span, max: usize) -> Option<Vec<Timestamp>> {
        let mut starts = Vec::new();
        let mut next = self.floor(self.civil(span.since)?)?;
        loop {
            let start = self.moment(next)?;
            if start >= span.until {
                return Some(starts);
            }
            if starts.len() == max {
                return None;
            }
            starts.push(start);
            next = next.checked_add(self.length()).ok()?;
        }
    }

    fn civil(self, at: Timestamp) -> Option<DateTime> {
        let at = jiff::Timestamp::from_microsecond(at.micros()).ok()?;
        Some(self.offset.to_datetime(at))
    }

    fn moment(self, civil: DateTime) -> Option<Timestamp> {
        let at = self.offset.to_timestamp(civil).ok()?;
        Some(Timestamp(at.as_microsecond()))
    }

    fn floor(self, civil: DateTime) -> Option<DateTime> {
        let date = civil.date();
        let date: Date = match self.grain {
            Grain::Hour => {
                let hour = jiff::civil::DateTimeRound::new().smallest(Unit::Hour);
                return civil.round(hour.mode(RoundMode::Trunc)).ok();
            }
            Grain::Day => date,
            Grain::Week => {
                let days = i64::from(date.weekday().to_monday_zero_offset());
                date.checked_sub(Length::new().try_days(days).ok()?).ok()?
            }
            Grain::Month => date.first_of_month(),
            Grain::Year => date.first_of_year(),
        };
        Some(date.at(0, 0, 0, 0))
    }

    fn length(self) -> Length {
        let length = Length::new();
        let one = match self.grain {
            Grain::Hour => length.try_hours(1),
            Grain::Day => length.try_days(1),
            Grain::Week => length.try_weeks(1),
            Grain::Month => length.try_months(1),
            Grain::Year => length.try_years(1),
        };
        one.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(grain: Grain, hours: f64, at: &str, expected: &str) {
        #[expect(clippy::cast_possible_truncation, reason = "offsets of a test are small")]
        let calendar = Calendar::new(grain, (hours * 3600.0) as i32).unwrap();
        let start = calendar.start(Timestamp::parse(at).unwrap()).unwrap();
        assert_eq!(start.to_string(), expected, "{grain} of {at} at {hours}");
    }

    #[test]
    fn buckets_begin_where_the_clocks_of_the_place_say() {
        check(Grain::Hour, 0.0, "2026-03-01T10:59:59Z", "2026-03-01T10:00:00Z");
        check(Grain::Hour, 5.5, "2026-03-01T10:20:00Z", "2026-03-01T09:30:00Z");
        check(Grain::Day, 0.0, "2026-03-01T23:00:00Z", "2026-03-01T00:00:00Z");
        check(Grain::Day, -3.0, "2026-03-01T02:00:00Z", "2026-02-28T03:00:00Z");
        check(Grain::Day, 3.0, "2026-03-01T22:00:00Z", "2026-03-01T21:00:00Z");
        check(Grain::Week, 0.0, "2026-03-01T12:00:00Z", "2026-02-23T00:00:00Z");
        check(Grain::Week, 0.0, "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z");
        check(Grain::Month, 2.0, "2026-01-31T23:00:00Z", "2026-01-31T22:00:00Z");
        check(Grain::Year, 0.0, "2026-03-01T12:00:00Z", "2026-01-01T00:00:00Z");
        check(Grain::Day, 0.0, "1969-12-31T23:59:59Z", "1969-12-31T00:00:00Z");
    }

    #[test]
    fn a_span_has_every_bucket_that_it_touches_and_no_other() {
        let span = |since: &str, until: &str| Span {
            since: Timestamp::parse(since).unwrap(),
            until: Timestamp::parse(until).unwrap(),
        };
        let months = Calendar::new(Grain::Month, 0).unwrap();
        let starts = months.starts(span("2025-11-30T10:00:00Z", "2026-02-01T00:00:00Z"), 10);
        let texts: Vec<String> = starts.unwrap().iter().map(Timestamp::to_string).collect();
        let expected = ["2025-11-01T00:00:00Z", "2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"];
        assert_eq!(texts, expected);
        let hours = Calendar::new(Grain::Hour, 0).unwrap();
        let day = span("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");
        assert_eq!(hours.starts(day, 24).map(|starts| starts.len()), Some(24));
        assert_eq!(hours.starts(day, 23), None);
        assert_eq!(
            hours.starts(span("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"), 5),
            Some(vec![])
        );
    }
}
