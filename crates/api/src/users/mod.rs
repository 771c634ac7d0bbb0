//! People of the account.

mod delete;
mod list;
mod reset_password;
mod show;
mod update;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_users))
        .routes(routes!(show::show_user, update::update_user, delete::delete_user))
        .routes(routes!(reset_password::reset_user_password))
}
