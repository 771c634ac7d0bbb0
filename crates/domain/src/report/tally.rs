//! Adding up.

use std::time::Duration;

use super::{Measure, Value};

/// How many, and how long together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    pub count: i64,
    total: Duration,
}

/// All counts and times of some conversations in some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub conversations: i64,
    pub incoming: i64,
    pub outgoing: i64,
    pub bot_resolutions: i64,
    pub bot_handoffs: i64,
    pub first_response: Mean,
    pub reply: Mean,
    /// Its count is the number of closings.
    pub resolution: Mean,
}

impl Mean {
    fn add(&mut self, took: Duration) {
        self.count += 1;
        self.total = self.total.saturating_add(took);
    }

    /// In seconds; `None` of nothing.
    #[must_use]
    pub fn secs(self) -> Option<f64> {
        let count = u32::try_from(self.count).ok().filter(|count| *count > 0)?;
        Some(self.total.as_secs_f64() / f64::from(count))
    }
}

impl Tally {
    /// Adds one measure.
    pub fn add(&mut self, measure: Measure) {
        match measure.value {
            Value::Conversation => self.conversations += 1,
            Value::Incoming => self.incoming += 1,
            Value::Outgoing => self.outgoing += 1,
            Value::BotResolution => self.bot_resolutions += 1,
            Value::BotHandoff => self.bot_handoffs += 1,
            Value::FirstResponse(took) => self.first_response.add(took),
            Value::Reply(took) => self.reply.add(took),
            Value::Resolution(took) => self.resolution.add(took),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_mean_is_of_what_there_is() {
        let mut tally = Tally::default();
        assert_eq!(tally.reply.secs(), None);
        for secs in [1, 2, 6] {
            let value = Value::Reply(Duration::from_secs(secs));
            tally.add(Measure { at: Timestamp(0), agent: None, value });
        }
        assert_eq!((tally.reply.count, tally.reply.secs()), (3, Some(3.0)));
        assert_eq!(tally.first_response.secs(), None);
    }
}
