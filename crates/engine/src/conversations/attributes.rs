//! Free attributes of a conversation.

use serde_json::{Map, Value};
use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;

use crate::views::ConversationView;
use crate::{Ctx, Engine, Error, Result};

/// Most bytes of all attributes together, as JSON.
const ATTRIBUTES_BYTES_MAX: usize = 16_384;

/// Merges attributes into those of the conversation; `null` takes one away.
pub async fn set_attributes(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    attributes: Map<String, Value>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            let before = conversation.attributes.clone();
            merge(&mut conversation.attributes, &attributes)?;
            change.note("attributes", before.into(), conversation.attributes.clone().into());
            change.changed(&mut conversation)
        })
        .await
}

/// Merges attributes into others; `null` takes one away.
pub(super) fn merge(into: &mut Map<String, Value>, attributes: &Map<String, Value>) -> Result<()> {
    for (name, value) in attributes {
        if value.is_null() {
            into.shift_remove(name);
        } else {
            into.insert(name.clone(), value.clone());
        }
    }
    let json = Value::Object(into.clone()).to_string();
    if json.len() > ATTRIBUTES_BYTES_MAX || json.contains("\\u0000") {
        let detail = format!("must be at most {ATTRIBUTES_BYTES_MAX} bytes, without NUL");
        return Err(Error::invalid("/attributes", detail));
    }
    Ok(())
}
