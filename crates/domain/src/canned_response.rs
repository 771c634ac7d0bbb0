//! A canned response: a text that people write often, found by its short code.

use crate::{CannedResponseId, Timestamp};

/// Longest short code, in Unicode scalar values.
pub const SHORT_CODE_CHARS_MAX: usize = 100;

/// A text of the account, ready to be sent; `short_code` is unique in the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedResponse {
    pub id: CannedResponseId,
    pub short_code: String,
    pub content: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
