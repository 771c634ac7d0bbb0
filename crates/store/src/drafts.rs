//! Drafts: what a person was writing in a conversation, kept for every device of theirs.

use tertulia_domain::message::Visibility;
use tertulia_domain::{AccountId, ConversationId, MessageId, Timestamp, UserId};

use crate::{ReadTx, Result, WriteTx, params};

/// A person's unfinished message in one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: String,
    pub visibility: Visibility,
    pub reply_to: Option<MessageId>,
    pub updated_at: Timestamp,
}

/// Keeps the draft in place of the one before.
pub fn save(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    user: UserId,
    conversation: ConversationId,
    draft: &Draft,
) -> Result<()> {
    tx.execute(
        "INSERT INTO drafts (account_id, user_id, conversation_id, text, visibility, reply_to_id, \
         updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (conversation_id, user_id) DO UPDATE SET text = excluded.text, \
         visibility = excluded.visibility, reply_to_id = excluded.reply_to_id, \
         updated_at = excluded.updated_at WHERE drafts.account_id = excluded.account_id",
        params![
            account,
            user,
            conversation,
            draft.text,
            draft.visibility,
            draft.reply_to,
            draft.updated_at
        ],
    )?;
    Ok(())
}

/// The draft, if there is one.
pub fn find(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    user: UserId,
    conversation: ConversationId,
) -> Result<Option<Draft>> {
    tx.optional(
        "SELECT text, visibility, reply_to_id, updated_at FROM drafts \
         WHERE account_id = $1 AND user_id = $2 AND conversation_id = $3",
        params![account, user, conversation],
        |row| {
            Ok(Draft {
                text: row.take()?,
                visibility: row.take()?,
                reply_to: row.take()?,
                updated_at: row.take()?,
            })
        },
    )
}

/// Forgets the draft.
pub fn clear(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    user: UserId,
    conversation: ConversationId,
) -> Result<()> {
    tx.execute(
        "DELETE FROM drafts WHERE account_id = $1 AND user_id = $2 AND conversation_id = $3",
        params![account, user, conversation],
    )?;
    Ok(())
}
