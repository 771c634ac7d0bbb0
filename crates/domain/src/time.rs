//! Time as a value: microseconds since the Unix epoch in storage, RFC 3339 on the wire, a `Clock` to ask.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, utoipa::ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-01-31T12:00:00Z")]
pub struct Timestamp(pub i64);

/// Where "now" comes from; passed in, so that tests and the simulator own time.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

impl Timestamp {
    /// Microseconds since the epoch.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub fn secs(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The moment `by` later; stays at the last representable moment instead of overflowing.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }

    /// The moment `by` earlier.
    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero when it is not after.
    #[must_use]
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Parses RFC 3339 with an offset.
    pub fn parse(text: &str) -> Result<Self, jiff::Error> {
        text.parse::<jiff::Timestamp>().map(|at| Self(at.as_microsecond()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(at) => at.fmt(f),
            // Only a damaged row can hold such a value; show it rather than hide it.
            Err(_) => write!(f, "{}us", self.0),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|error| {
            let form = "is not a moment with its offset, such as 2026-01-31T12:00:00Z";
            serde::de::Error::custom(format!("{form}: {error}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_is_rfc_3339_in_utc_and_round_trips() {
        let at = Timestamp(1_790_000_000_123_456);
        assert_eq!(at.to_string(), "2026-09-21T14:13:20.123456Z");
        assert_eq!(Timestamp::parse(&at.to_string()).unwrap(), at);
        assert_eq!(Timestamp::parse("2026-09-21T16:13:20.123456+02:00").unwrap(), at);
    }

    #[test]
    fn impossible_dates_and_missing_offsets_are_refused() {
        for text in ["2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "yesterday", ""] {
            assert!(Timestamp::parse(text).is_err(), "{text}");
        }
    }
}
