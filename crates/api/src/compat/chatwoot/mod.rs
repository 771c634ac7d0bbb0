//! The REST API of Chatwoot 4.15 over the use cases and reads of `/v1`.
//!
//! Bodies, statuses and errors are Chatwoot's; none of this is in our own OpenAPI document.
//! What exists, differs and is absent is in `docs/src/chatwoot.md`.

mod cable;
mod caller;
mod contacts;
mod contract;
mod conversations;
mod fields;
mod filter;
mod instance;
mod messages;
mod path;
mod public;
mod refusal;
mod reply;
mod reports;
mod routes;
mod settings;
pub(crate) mod shapes;

use axum::Router;
use axum::extract::Request;
use axum::http::{Method, Uri};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;

use crate::app::App;

pub use contract::ChatwootContract;
pub(crate) use refusal::layer as refusals;

use caller::Caller;
use fields::Fields;
use path::{One, Path};
use refusal::Refusal;
use reply::{Empty, Reply};
use routes::Routes;

/// The release whose contract this is; clients ask for it at `/api`.
const VERSION: &str = "4.15.1";
/// Paths below these are Chatwoot's: what is not there is an error in its words.
const PREFIXES: &[&str] = &["/api/v1/", "/api/v2/", "/platform/api/", "/public/api/"];
const PUBLIC: &str = "/public/api/v1";
const ACCOUNT: &str = "/api/v1/accounts/{account_id}";
const ACCOUNT_V2: &str = "/api/v2/accounts/{account_id}";

/// Whether a path is for the façade to answer.
pub(crate) fn owns(path: &str) -> bool {
    matches!(path, "/api" | "/health" | "/cable")
        || PREFIXES.iter().any(|prefix| path.starts_with(prefix))
}

/// The façade's routes, for the one router.
pub(crate) fn routes() -> Router<App> {
    let routes = all().into_router().merge(cable::routes());
    routes.method_not_allowed_fallback(async || Refusal::not_found())
}

/// Every route as its method and path, for tests that walk over all of them.
#[must_use]
pub fn route_table() -> Vec<(Method, String)> {
    all().into_table()
}

/// What no route took: the same path without its last slash, or nothing.
pub(crate) async fn fallback(app: App, request: Request) -> Response {
    let Some(uri) = without_last_slash(request.uri()) else {
        return Refusal::not_found().into_response();
    };
    let (mut parts, body) = request.into_parts();
    parts.uri = uri;
    let answered = routes().with_state(app).oneshot(Request::from_parts(parts, body)).await;
    match answered {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn all() -> Routes {
    Routes::new()
        .merge(instance::routes())
        .merge(public::survey())
        .merge(settings::of_person())
        .under(PUBLIC, public::routes())
        .under(ACCOUNT, of_account())
        .under(ACCOUNT_V2, of_account_v2())
}

/// Below `/api/v1/accounts/{account_id}`.
fn of_account() -> Routes {
    Routes::new()
        .merge(contacts::routes())
        .merge(conversations::routes())
        .merge(messages::routes())
        .merge(settings::routes())
}

/// Below `/api/v2/accounts/{account_id}`: reports.
fn of_account_v2() -> Routes {
    reports::routes()
}

fn without_last_slash(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_suffix('/').filter(|path| !path.is_empty())?;
    match uri.query() {
        Some(query) => format!("{path}?{query}").parse().ok(),
        None => path.parse().ok(),
    }
}
