//! Members of a team, as bare lists of people.

mod add;
mod list;
mod remove;
mod set;

use crate::compat::chatwoot::Routes;

const PATH: &str = "/teams/{id}/team_members";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, list::list)
        .post(PATH, add::add)
        .patch(PATH, set::set)
        .delete(PATH, remove::remove)
}
