//! `PATCH /widget/v1/me`: what the visitor types, or the page tells, about it.

use axum::Json;
use axum::extract::State;
use tertulia_engine::views::VisitorView;
use tertulia_engine::visitors;

use super::guest::Guest;
use super::shapes::VisitorProfile;
use crate::app::App;
use crate::extract::Body;
use crate::problem::Problem;

/// Tell something about the visitor.
///
/// Agents see it as unverified. It never opens another person's history.
#[utoipa::path(
    patch,
    path = "/widget/v1/me",
    operation_id = "update_visitor",
    tag = "widget",
    request_body = VisitorProfile,
    responses((status = 200, body = VisitorView)),
)]
pub(super) async fn update_visitor(
    guest: Guest,
    State(app): State<App>,
    Body(body): Body<VisitorProfile>,
) -> Result<Json<VisitorView>, Problem> {
    guest.require_writer(&app)?;
    Ok(Json(visitors::update(&app.engine, &guest.visitor, body.into()).await?))
}
