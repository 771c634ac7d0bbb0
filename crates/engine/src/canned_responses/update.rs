//! Another short code, or another text.

use serde_json::json;
use tertulia_domain::CannedResponseId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::canned_responses;

use super::{check_content, check_short_code, short_code_taken};
use crate::views::CannedResponseView;
use crate::{Ctx, Engine, Error, Fact, Result};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub short_code: Option<String>,
    pub content: Option<String>,
}

/// Changes a canned response.
pub async fn update(
    engine: &Engine,
    ctx: &Ctx,
    response: CannedResponseId,
    command: Update,
) -> Result<CannedResponseView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = canned_responses::get(change.tx, account, response)?;
            let mut changed = found.ok_or(Error::NotFound("canned response"))?;
            if let Some(short_code) = &command.short_code {
                changed.short_code = check_short_code(short_code)?;
                let namesake =
                    canned_responses::by_short_code(change.tx, account, &changed.short_code)?;
                if namesake.is_some_and(|other| other.id != response) {
                    return Err(short_code_taken());
                }
            }
            if let Some(content) = &command.content {
                changed.content = check_content(content)?;
            }
            changed.updated_at = change.now;
            canned_responses::update(change.tx, account, &changed)?;
            let view = CannedResponseView::from(&changed);
            let data = json!({"canned_response": view});
            change.record(&Fact::new(EventKind::CannedResponseUpdated, data).about(response.0))?;
            Ok(view)
        })
        .await
}
