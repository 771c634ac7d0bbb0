//! The holder lets go: nobody speaks, and people are asked for.

use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_domain::control::{ControlVerb, Holder};

use super::set;
use crate::views::ConversationView;
use crate::{Ctx, Engine, Error, Result};

/// Lets go of the conversation. An app lets go of its own only; a person of anybody's.
pub async fn release(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            let control = conversation.control;
            if let Some(me) = change.ctx.app()
                && control.holder != Holder::App(me)
                && control.holder != Holder::Nobody
            {
                let holder = "somebody else".to_owned();
                return Err(Error::NotInControl { holder, epoch: control.epoch });
            }
            set(change, &mut conversation, control.release(), ControlVerb::Release, None)?;
            change.changed(&mut conversation)
        })
        .await
}
