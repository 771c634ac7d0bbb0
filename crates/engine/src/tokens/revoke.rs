//! Takes a token's force; sockets that it opened close.

use serde_json::json;
use tertulia_domain::TokenId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::tokens;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Revokes a token.
pub async fn revoke(engine: &Engine, ctx: &Ctx, token: TokenId) -> Result<()> {
    ctx.require(Permission::TokensManage)?;
    engine
        .commit(ctx, move |change| {
            if !tokens::revoke(change.tx, change.ctx.account_id, token, change.now)? {
                return Err(Error::NotFound("token"));
            }
            let data = json!({"id": token});
            change.record(&Fact::new(EventKind::TokenRevoked, data).about(token.0))?;
            Ok(())
        })
        .await
}
