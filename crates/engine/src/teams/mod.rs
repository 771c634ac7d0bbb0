//! Teams: groups of people that conversations can be assigned to.

mod change_members;
mod create;
mod delete;
mod update;

pub use change_members::{Members, change_members};
pub use create::{Create, create};
pub use delete::delete;
pub use update::{Update, update};

use tertulia_domain::UserId;
use tertulia_store::users;

use crate::{Change, Error, Result};

/// Most members of a team or inbox.
pub(crate) const MEMBERS_MAX: usize = 1_000;

/// Checks that all of these are people of the account; answers each once.
pub(crate) fn check_members(
    change: &mut Change<'_, '_>,
    pointer: &str,
    members: &[UserId],
) -> Result<Vec<UserId>> {
    if members.len() > MEMBERS_MAX {
        let detail = format!("has more than {MEMBERS_MAX} people");
        return Err(Error::Invalid { code: "too_long", pointer: pointer.to_owned(), detail });
    }
    let mut distinct = members.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if users::count_of(change.tx, change.ctx.account_id, &distinct)? != distinct.len() {
        return Err(Error::invalid(pointer, "names somebody who is not in the account"));
    }
    Ok(distinct)
}

fn name_taken() -> Error {
    let detail = "There is a team with this name already.".to_owned();
    Error::Conflict { code: "conflict", detail }
}
