//! `GET /v1/oidc/{id}/callback`: back from the provider.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tertulia_engine::oidc;
use tertulia_engine::sessions::SESSION_SECS_MAX;

use crate::app::App;
use crate::cookies;
use crate::extract::{Client, Path, Query};
use crate::problem::Problem;
use crate::session::browser;

/// What the provider sends along; it may send more.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// Takes the browser back from the provider, to the console or to the sign-in page.
///
/// Whoever was refused comes to the sign-in page with the code of the problem in its address.
#[utoipa::path(
    get,
    path = "/v1/oidc/{id}/callback",
    operation_id = "finish_oidc",
    tag = "session",
    params(("id" = String, Path), ("code" = Option<String>, Query), ("state" = Option<String>, Query)),
    responses((status = 303, description = "To the console, or to the sign-in page")),
)]
pub(super) async fn finish_oidc(
    State(app): State<App>,
    Path(provider): Path<String>,
    client: Client,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Result<Response, Problem> {
    let gone = cookies::oidc_state(&app, "", 0)?;
    let started = cookies::started_oidc(&app, &headers);
    let outcome = if answer.state.is_empty() || started.as_deref() != Some(answer.state.as_str()) {
        // Somebody else's sign-in, pushed into this browser.
        Err("credentials_invalid")
    } else {
        let command = oidc::Finish { provider, code: answer.code, state: answer.state };
        let finished = oidc::finish(&app.engine, browser(client), command).await;
        finished.map_err(|error| Problem::from(error).code())
    };
    match outcome {
        Ok(opened) => {
            let session = cookies::signed_in(&app, &opened.token, SESSION_SECS_MAX)?;
            let both = [(header::SET_COOKIE, gone), (header::SET_COOKIE, session)];
            Ok((AppendHeaders(both), Redirect::to("/")).into_response())
        }
        Err(code) => {
            let page = Redirect::to(&format!("/sign-in?problem={code}"));
            Ok(([(header::SET_COOKIE, gone)], page).into_response())
        }
    }
}
