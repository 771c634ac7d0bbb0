//! Teams of the account.

mod create;
mod delete;
mod list;
mod show;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list_teams, create::create_team)).routes(routes!(
        show::show_team,
        update::update_team,
        delete::delete_team
    ))
}
