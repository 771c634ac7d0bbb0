//! Drafts: unfinished messages of people, on every device of theirs.

use serde::{Deserialize, Serialize};
use tertulia_domain::access::Permission;
use tertulia_domain::content::{TEXT_CHARS_MAX, chars};
use tertulia_domain::message::Visibility;
use tertulia_domain::{ConversationId, MessageId, Timestamp, UserId};
use tertulia_store::{Scope, conversations, drafts};
use utoipa::ToSchema;

use crate::{Ctx, Engine, Error, Result};

/// A draft as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Draft)]
pub struct DraftView {
    pub text: String,
    pub visibility: Visibility,
    pub reply_to: Option<MessageId>,
    pub updated_at: Timestamp,
}

/// Keeps what a person is writing. It is nobody else's business: no event.
pub async fn save(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    text: String,
    visibility: Visibility,
    reply_to: Option<MessageId>,
) -> Result<DraftView> {
    let user = writer(ctx)?;
    chars("/text", &text, TEXT_CHARS_MAX).map_err(|e| Error::content("", &e))?;
    if visibility == Visibility::Activity {
        return Err(Error::invalid("/visibility", "only Tertulia writes activities"));
    }
    engine
        .commit(ctx, move |change| {
            let (account, viewer) = (change.ctx.account_id, change.ctx.viewer());
            let found = conversations::find(change.tx, account, viewer, conversation)?;
            let conversation = found.ok_or(Error::NotFound("conversation"))?.id;
            let updated_at = change.now;
            let draft = drafts::Draft { text: text.clone(), visibility, reply_to, updated_at };
            drafts::save(change.tx, account, user, conversation, &draft)?;
            Ok(DraftView::from(draft))
        })
        .await
}

/// What the person was writing, if anything.
pub async fn load(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
) -> Result<Option<DraftView>> {
    let user = writer(ctx)?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    engine
        .store
        .read(Scope::Account(account), move |tx| {
            conversations::find(tx, account, viewer, conversation)?
                .ok_or(Error::NotFound("conversation"))?;
            Ok(drafts::find(tx, account, user, conversation)?.map(DraftView::from))
        })
        .await
}

/// Forgets the draft.
pub async fn clear(engine: &Engine, ctx: &Ctx, conversation: ConversationId) -> Result<()> {
    let user = writer(ctx)?;
    engine
        .commit(ctx, move |change| {
            let (account, viewer) = (change.ctx.account_id, change.ctx.viewer());
            let found = conversations::find(change.tx, account, viewer, conversation)?;
            let conversation = found.ok_or(Error::NotFound("conversation"))?.id;
            Ok(drafts::clear(change.tx, account, user, conversation)?)
        })
        .await
}

fn writer(ctx: &Ctx) -> Result<UserId> {
    ctx.require(Permission::ConversationsWrite)?;
    ctx.user().ok_or(Error::Forbidden { permission: "a person's draft" })
}

impl From<drafts::Draft> for DraftView {
    fn from(draft: drafts::Draft) -> Self {
        Self {
            text: draft.text,
            visibility: draft.visibility,
            reply_to: draft.reply_to,
            updated_at: draft.updated_at,
        }
    }
}
