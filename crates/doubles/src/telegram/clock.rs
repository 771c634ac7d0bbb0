//! The double's time: the system's, plus what a test has moved it by. Limits of hours can so be
//! tested in a moment.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 on the system's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the double is a server of its own, and this is its clock"
)]
pub(crate) fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
