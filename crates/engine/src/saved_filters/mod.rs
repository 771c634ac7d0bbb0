//! Saved filters of the person who asks; a filter of somebody else does not exist for them.

mod create;
mod delete;
mod update;

pub use create::{Create, create};
pub use delete::delete;
pub use update::{Update, update};

use serde_json::{Map, Value};
use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_domain::saved_filter::QUERY_BYTES_MAX;

use crate::{Ctx, Error, Result};

/// The person whose filters they are.
pub fn owner(ctx: &Ctx) -> Result<UserId> {
    ctx.require(Permission::ConversationsRead)?;
    ctx.user().ok_or(Error::Forbidden { permission: "a person's filters" })
}

fn check_query(query: &Map<String, Value>) -> Result<()> {
    let text = serde_json::to_string(query).map_err(|e| Error::invalid("/query", e.to_string()))?;
    if text.contains("\\u0000") {
        return Err(Error::invalid("/query", "contains the character U+0000"));
    }
    if text.len() > QUERY_BYTES_MAX {
        let detail = format!("is longer than {QUERY_BYTES_MAX} bytes");
        return Err(Error::Invalid { code: "too_long", pointer: "/query".to_owned(), detail });
    }
    Ok(())
}
