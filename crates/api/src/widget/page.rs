//! `POST /widget/v1/page`: the visitor goes to another page of the website.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_engine::visitors;

use super::guest::Guest;
use super::shapes::VisitedPage;
use crate::app::App;
use crate::extract::Body;
use crate::problem::Problem;

/// Say which page one looks at: a conversation that begins there remembers it.
#[utoipa::path(
    post,
    path = "/widget/v1/page",
    operation_id = "note_widget_page",
    tag = "widget",
    request_body = VisitedPage,
    responses((status = 204, description = "Noted")),
)]
pub(super) async fn note_widget_page(
    guest: Guest,
    State(app): State<App>,
    Body(body): Body<VisitedPage>,
) -> Result<StatusCode, Problem> {
    visitors::visit(&app.engine, &guest.visitor, body.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
