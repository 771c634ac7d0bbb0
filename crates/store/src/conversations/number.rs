//! From the number that people say to the conversation.

use tertulia_domain::{AccountId, ConversationId};

use super::{Viewer, visible};
use crate::{ReadTx, Result, params};

/// The conversation with this number, if the viewer may see it.
pub fn by_number(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    number: i64,
) -> Result<Option<ConversationId>> {
    let sql = format!(
        "SELECT c.id FROM conversations c \
         WHERE c.account_id = $1 AND CAST($2 AS BIGINT) >= 0 AND c.number = $3 AND {}",
        visible(viewer)
    );
    tx.optional(&sql, params![account, viewer.id(), number], |row| row.take())
}
