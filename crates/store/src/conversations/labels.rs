//! Labels of a conversation, by name: the vocabulary itself belongs to the account.

use tertulia_domain::{AccountId, ConversationId};

use crate::{ReadTx, Result, WriteTx, params};

/// The names of a conversation's labels, in alphabetical order.
pub fn labels_of(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<Vec<String>> {
    tx.all(
        "SELECT l.name FROM conversation_labels cl JOIN labels l ON l.id = cl.label_id \
         WHERE cl.account_id = $1 AND cl.conversation_id = $2 ORDER BY l.name",
        params![account, conversation],
        |row| row.take(),
    )
}

/// Makes `names` the labels of the conversation. Answers the first name that the account does not
/// have; then the labels may be half set, and the caller undoes the transaction.
pub fn set_labels(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    names: &[String],
) -> Result<Option<usize>> {
    tx.execute(
        "DELETE FROM conversation_labels WHERE account_id = $1 AND conversation_id = $2",
        params![account, conversation],
    )?;
    for (index, name) in names.iter().enumerate() {
        let inserted = tx.execute(
            "INSERT INTO conversation_labels (account_id, conversation_id, label_id) \
             SELECT $1, $2, l.id FROM labels l WHERE l.account_id = $1 AND l.name = $3",
            params![account, conversation, name],
        )?;
        if inserted == 0 {
            return Ok(Some(index));
        }
    }
    Ok(None)
}
