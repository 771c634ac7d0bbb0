//! A new token.

use serde::{Deserialize, Serialize};
use serde_json::json;
use tertulia_domain::Timestamp;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::tokens::{self, NewToken};

use super::format;
use crate::views::TokenView;
use crate::{Ctx, Engine, Error, Fact, Result, check, secret};

/// Longest time for which a token can be asked; one that says nothing has no end.
const LIFETIME_DAYS_MAX: u64 = 3_660;

/// A token to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub name: String,
    pub scopes: Vec<Permission>,
    pub expires_at: Option<Timestamp>,
}

/// The view without its secret, and which secret it was: the secret itself is nowhere stored.
#[derive(Serialize, Deserialize)]
struct Made {
    view: TokenView,
    hash: String,
}

/// Makes a token that may do no more than who makes it.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<TokenView> {
    ctx.require(Permission::TokensManage)?;
    let maker = ctx.user().ok_or(Error::NotFound("person"))?;
    let name = check::name("/name", &command.name)?;
    let scopes = check_scopes(ctx, command.scopes)?;
    let expires_at = command.expires_at;
    if let Some(at) = expires_at {
        check::future("/expires_at", at, engine.clock.now(), LIFETIME_DAYS_MAX)?;
    }
    let token = format::generate(engine.entropy.as_ref());
    let hash = secret::hash(&token);
    let wanted = hash.clone();
    let made = engine
        .commit(ctx, move |change| {
            let (account, now) = (change.ctx.account_id, change.now);
            let new = NewToken {
                name: &name,
                created_by: maker,
                token_hash: &hash,
                scopes: &scopes,
                expires_at,
                now,
            };
            let id = tokens::create(change.tx, account, &new)?;
            let stored = tokens::get(change.tx, account, id)?.ok_or(Error::NotFound("token"))?;
            let view = TokenView::from(&stored);
            let data = json!({"token": view});
            change.record(&Fact::new(EventKind::TokenCreated, data).about(id.0))?;
            Ok(Made { view, hash: hash.clone() })
        })
        .await?;
    Ok(TokenView { token: (made.hash == wanted).then_some(token), ..made.view })
}

fn check_scopes(ctx: &Ctx, mut scopes: Vec<Permission>) -> Result<Vec<Permission>> {
    if scopes.is_empty() {
        return Err(Error::invalid("/scopes", "names nothing that the token may do"));
    }
    scopes.sort_unstable();
    scopes.dedup();
    for &scope in &scopes {
        ctx.require(scope)?;
    }
    Ok(scopes)
}
