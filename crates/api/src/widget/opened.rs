//! `POST /widget/v1/opened`: the visitor opens the widget.

use axum::extract::State;
use axum::http::StatusCode;
use tertulia_engine::visitors;

use super::guest::Guest;
use crate::app::App;
use crate::problem::Problem;

/// Say that the widget was opened: the event `widget.opened`, for programs that greet.
#[utoipa::path(
    post,
    path = "/widget/v1/opened",
    operation_id = "note_widget_opened",
    tag = "widget",
    responses((status = 204, description = "Noted")),
)]
pub(super) async fn note_widget_opened(
    guest: Guest,
    State(app): State<App>,
) -> Result<StatusCode, Problem> {
    visitors::opened(&app.engine, &guest.visitor).await?;
    Ok(StatusCode::NO_CONTENT)
}
