//! Labels of a conversation, from the account's vocabulary.

use serde_json::json;
use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_domain::content::ActivityAction;
use tertulia_store::conversations;

use crate::views::ConversationView;
use crate::{Ctx, Engine, Error, Result};

/// Most labels of one conversation.
const LABELS_MAX: usize = 50;

/// Replaces the labels of the conversation.
pub async fn set_labels(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    mut labels: Vec<String>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    if labels.len() > LABELS_MAX {
        return Err(Error::invalid("/labels", format!("has more than {LABELS_MAX}")));
    }
    labels.sort();
    labels.dedup();
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let account = change.ctx.account_id;
            let mut conversation = change.conversation(conversation)?;
            let before = conversations::labels_of(change.tx, account, conversation.id)?;
            if before != labels {
                let missing =
                    conversations::set_labels(change.tx, account, conversation.id, &labels)?;
                if let Some(name) = missing.and_then(|index| labels.get(index)) {
                    let detail = format!("{name:?} is not a label of the account");
                    return Err(Error::invalid("/labels", detail));
                }
                let params = [
                    ("labels", labels.join(", ")),
                    ("added", without(&labels, &before)),
                    ("removed", without(&before, &labels)),
                ];
                change.activity(&mut conversation, ActivityAction::Labels, &params)?;
                change.note("labels", json!(before), json!(labels));
            }
            change.changed(&mut conversation)
        })
        .await
}

fn without(all: &[String], others: &[String]) -> String {
    let left: Vec<&str> =
        all.iter().filter(|name| !others.contains(name)).map(String::as_str).collect();
    left.join(", ")
}
