//! From a visitor's token to the visitor.

use serde_json::Value;
use tertulia_domain::inbox::WidgetSettings;
use tertulia_domain::{ContactId, IdentityId, InboxId};
use tertulia_store::{Scope, visitors};

use super::token;
use crate::views::VisitorView;
use crate::{Access, Ctx, Engine, Error, Result};

/// A visitor that is let in, with what its requests need to know.
#[derive(Debug, Clone, PartialEq)]
pub struct Visitor {
    pub ctx: Ctx,
    pub inbox_id: InboxId,
    pub identity_id: IdentityId,
    pub contact_id: ContactId,
    pub settings: WidgetSettings,
    pub view: VisitorView,
    /// A blocked contact reads what it has, and writes nothing.
    pub is_blocked: bool,
    /// The page it was on when we last heard, as `{url, title, referrer}`.
    pub page: Option<Value>,
    pub token_hash: String,
}

/// The visitor of a token. An inbox that enforces identity lets in only those who are proven.
pub async fn authenticate(engine: &Engine, token: &str) -> Result<Visitor> {
    let visitor = recognise(engine, token).await?;
    if visitor.settings.enforce_identity && !visitor.view.verified {
        return Err(unproven());
    }
    Ok(visitor)
}

/// The visitor of a token, for the one request that brings its own proof.
pub async fn recognise(engine: &Engine, token: &str) -> Result<Visitor> {
    let token_hash = token::hash(token).ok_or_else(unknown)?;
    let wanted = token_hash.clone();
    let found =
        engine.store.look_up(Scope::System, move |tx| visitors::by_token(tx, &wanted)).await?;
    let row = found.ok_or_else(unknown)?;
    let access = Access::Visitor {
        inbox: row.inbox_id,
        identity: row.identity_id,
        contact: row.contact_id,
        room: row.room_id,
    };
    Ok(Visitor {
        ctx: Ctx::new(row.account_id, access, row.contact_name.clone()),
        inbox_id: row.inbox_id,
        identity_id: row.identity_id,
        contact_id: row.contact_id,
        settings: row.settings,
        view: VisitorView {
            id: row.contact_id,
            name: row.contact_name,
            email: row.contact_email,
            verified: row.verified,
        },
        is_blocked: row.blocked,
        page: row.page,
        token_hash,
    })
}

/// One answer for every token that is not good.
fn unknown() -> Error {
    let detail = "The visitor's token is not known here.".to_owned();
    Error::Unauthenticated { code: "token_invalid", detail }
}

/// The refusal of a visitor whose identity is not proven where that is asked for.
pub(super) fn unproven() -> Error {
    let detail = "This website takes only visitors whose identity it has proven.".to_owned();
    Error::Unauthenticated { code: "identity_invalid", detail }
}
