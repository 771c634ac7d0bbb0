//! Signing in and out, and who I am.

mod show;
mod sign_in;
mod sign_out;
mod switch_account;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tertulia_engine::sessions::{Browser, SESSION_SECS_MAX, SignedIn};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::cookies;
use crate::extract::Client;
use crate::problem::Problem;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show::show_session, sign_in::create_session, sign_out::delete_session))
        .routes(routes!(switch_account::switch_account))
}

/// The browser behind a request, as the session keeps it.
pub(crate) fn browser(client: Client) -> Browser {
    Browser { ip: client.ip.to_string(), user_agent: client.user_agent }
}

/// The answer that signs a browser in.
pub(crate) fn signed_in(app: &App, opened: SignedIn) -> Result<Response, Problem> {
    with_cookie(app, StatusCode::CREATED, opened)
}

fn with_cookie(app: &App, status: StatusCode, opened: SignedIn) -> Result<Response, Problem> {
    let cookie = cookies::signed_in(app, &opened.token, SESSION_SECS_MAX)?;
    Ok((status, [(header::SET_COOKIE, cookie)], Json(app.with_my_presence(opened.me)))
        .into_response())
}
