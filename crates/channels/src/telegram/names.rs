//! What Telegram's numbers are called here: messages by their chat and number, news by their order.

use sha2::{Digest, Sha256};
use tertulia_domain::Timestamp;

/// Updates that come in the same second follow each other by their number, which wraps around here.
const UPDATES_PER_SEC: i64 = 1_000_000_000;

/// The name of a message. Numbers of messages count within a chat, so the chat is part of the name; as
/// a hash, because a name stays behind when the person is erased.
pub(super) fn message(chat_id: i64, message_id: i64) -> String {
    let digest = Sha256::digest(format!("telegram:{chat_id}"));
    let chat: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{chat}:{message_id}")
}

/// The number of a message in its chat.
pub(super) fn message_id(name: &str) -> Option<i64> {
    name.rsplit_once(':').and_then(|(_, id)| id.parse().ok())
}

/// The order of news about one thing. `update_id` alone would not do: after a quiet week Telegram
/// begins anew at a random number.
pub(super) fn rank(date_secs: i64, update_id: i64) -> i64 {
    let number = update_id.rem_euclid(UPDATES_PER_SEC);
    date_secs.saturating_mul(UPDATES_PER_SEC).saturating_add(number)
}

/// Telegram's seconds as our time.
pub(super) fn at(date_secs: i64) -> Timestamp {
    Timestamp(date_secs.saturating_mul(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exact_beyond_what_a_float_holds() {
        let (a, b) = (message(9_007_199_254_740_993, 7), message(9_007_199_254_740_992, 7));
        assert_ne!(a, b);
        assert_eq!(message_id(&a), Some(7));
        assert!(!a.contains("9007199254740993"));
        assert_eq!(message_id("msg_1"), None);
    }

    #[test]
    fn a_later_second_is_newer_whatever_the_number() {
        assert!(rank(1_790_000_001, 12) > rank(1_790_000_000, 900_000_000));
        assert!(rank(1_790_000_000, 13) > rank(1_790_000_000, 12));
        assert!(rank(4_000_000_000, 1) > rank(1_790_000_000, 999_999_999));
    }
}
