//! From the number that people say to the conversation, and from ids to conversations.

use serde_json::Value;
use tertulia_domain::{AccountId, ConversationId};

use super::shown::shown;
use super::{Shown, Viewer, visible};
use crate::dialect::rows;
use crate::{ReadTx, Result, ToParam, params};

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

/// Those of these conversations that the viewer may see, last active first.
pub fn of_ids(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    ids: &[ConversationId],
) -> Result<Vec<Shown>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!("c.id {}", rows::any_of(tx, "$3"));
    let ids = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    let order = "c.last_activity_at DESC, c.id DESC";
    shown(tx, account, viewer, &condition, order, &[ids.to_param()])
}
