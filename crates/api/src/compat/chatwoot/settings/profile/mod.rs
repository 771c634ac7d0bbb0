//! The person who asks.

mod show;

use axum::http::Method;

use crate::compat::chatwoot::Routes;

const PERSONAL: &str = "A person changes their own profile in the console; a token cannot.";
const PRESENCE: &str = "Who is there follows from who has the console open; it cannot be set.";
const ONE_ACCOUNT: &str = "A token belongs to one account, which is the active one.";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/profile", show::show)
        .absent(Method::PUT, "/api/v1/profile", PERSONAL)
        .absent(Method::POST, "/api/v1/profile/availability", PRESENCE)
        .absent(Method::POST, "/api/v1/profile/auto_offline", PRESENCE)
        .absent(Method::PUT, "/api/v1/profile/set_active_account", ONE_ACCOUNT)
}
