//! The platform API, by which one program runs many accounts. It is not here.

use axum::http::Method;

use crate::compat::chatwoot::Routes;

const NONE: &str = "There is no platform API; accounts and people are made on the command line, with the program tertulia.";
/// Lists, and their members.
const ADDRESSES: &[&str] = &[
    "/accounts",
    "/accounts/{id}",
    "/accounts/{id}/account_users",
    "/agent_bots",
    "/agent_bots/{id}",
    "/users",
    "/users/{id}",
    "/users/{id}/login",
    "/users/{id}/token",
];

pub(super) fn routes() -> Routes {
    let mut routes = Routes::new();
    for path in ADDRESSES {
        for method in [Method::GET, Method::POST, Method::PATCH, Method::DELETE] {
            routes = routes.absent(method, path, NONE);
        }
    }
    Routes::new().under("/platform/api/v1", routes)
}
