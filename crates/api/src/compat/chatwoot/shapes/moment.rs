//! Moments as Chatwoot writes them: seconds, seconds with a fraction, or text with milliseconds.

use tertulia_domain::Timestamp;

/// Whole seconds since 1970.
pub(crate) fn secs(at: Timestamp) -> i64 {
    at.secs()
}

/// The same; 0 for never.
pub(crate) fn secs_or_zero(at: Option<Timestamp>) -> i64 {
    at.map_or(0, Timestamp::secs)
}

/// Seconds since 1970 with what is behind the point.
pub(crate) fn fraction(at: Timestamp) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a double holds microseconds until 2255")]
    let micros = at.micros() as f64;
    micros / 1_000_000.0
}

/// `2025-07-10T15:36:22.262Z`: always three digits behind the point.
pub(crate) fn iso(at: Timestamp) -> String {
    let whole = Timestamp(at.secs().saturating_mul(1_000_000)).to_string();
    let millis = at.micros().rem_euclid(1_000_000) / 1_000;
    format!("{}.{millis:03}Z", whole.trim_end_matches('Z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_milliseconds_and_numbers_have_none_or_all() {
        let at = Timestamp::parse("2025-07-10T15:36:22.0029Z").unwrap();
        assert_eq!(iso(at), "2025-07-10T15:36:22.002Z");
        assert_eq!(secs(at), 1_752_161_782);
        assert!((fraction(at) - 1_752_161_782.002_9).abs() < 1e-6);
        assert_eq!(secs_or_zero(None), 0);
    }
}
