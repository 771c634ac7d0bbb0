//! `GET /v1/oidc/{id}/start`: off to the provider.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use tertulia_engine::{oidc, sessions};

use super::STATE_SECS;
use crate::app::App;
use crate::cookies;
use crate::extract::Path;
use crate::problem::Problem;

/// Sends the browser to the provider.
///
/// Who is signed in already will be known by the provider from then on.
#[utoipa::path(
    get,
    path = "/v1/oidc/{id}/start",
    operation_id = "start_oidc",
    tag = "session",
    params(("id" = String, Path)),
    responses((status = 303, description = "To the provider")),
)]
pub(super) async fn start_oidc(
    State(app): State<App>,
    Path(provider): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let present = match cookies::session(&app, &headers) {
        Some(token) => sessions::authenticate(&app.engine, &token).await.ok(),
        None => None,
    };
    let link_to = present.and_then(|ctx| ctx.user());
    let started = oidc::start(&app.engine, &provider, link_to).await?;
    let cookie = cookies::oidc_state(&app, &started.state, STATE_SECS)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&started.url)).into_response())
}
