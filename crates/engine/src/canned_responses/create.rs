//! A new canned response.

use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::canned_responses;

use super::{check_content, check_short_code, short_code_taken};
use crate::views::CannedResponseView;
use crate::{Ctx, Engine, Error, Fact, Result};

/// A canned response to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub short_code: String,
    pub content: String,
}

/// Keeps a text under a short code.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<CannedResponseView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit(ctx, move |change| {
            let (account, now) = (change.ctx.account_id, change.now);
            let short_code = check_short_code(&command.short_code)?;
            let content = check_content(&command.content)?;
            let made = canned_responses::create(change.tx, account, &short_code, &content, now)?;
            let id = made.ok_or_else(short_code_taken)?;
            let stored = canned_responses::get(change.tx, account, id)?;
            let view = CannedResponseView::from(&stored.ok_or(Error::NotFound("canned response"))?);
            let data = json!({"canned_response": view});
            change.record(&Fact::new(EventKind::CannedResponseCreated, data).about(id.0))?;
            Ok(view)
        })
        .await
}
