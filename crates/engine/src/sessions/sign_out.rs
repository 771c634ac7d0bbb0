//! Ends the session that asks.

use super::revoke;
use crate::{Ctx, Engine, Result};

/// Signs out.
pub async fn sign_out(engine: &Engine, ctx: &Ctx) -> Result<()> {
    let (_, session) = ctx.browser()?;
    revoke(engine, ctx, session).await
}
