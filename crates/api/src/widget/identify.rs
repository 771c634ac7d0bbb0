//! `POST /widget/v1/identify`: the website says who its visitor is.

use axum::Json;
use axum::extract::State;
use tertulia_engine::visitors;

use super::begin::VisitorCredential;
use super::guest::{Guest, Unproven};
use super::shapes::IdentityProof;
use crate::app::App;
use crate::extract::Body;
use crate::problem::Problem;

/// Prove who the visitor is.
///
/// Answers the token that stands for that person from now on; the one that asked is spent, unless it
/// stood for that person already. What an unknown visitor wrote before stays with it when the person
/// is new here; otherwise the person's own history opens and both are kept.
#[utoipa::path(
    post,
    path = "/widget/v1/identify",
    operation_id = "identify_visitor",
    tag = "widget",
    request_body = IdentityProof,
    responses((status = 200, body = VisitorCredential)),
)]
pub(super) async fn identify_visitor(
    Unproven(guest): Unproven,
    State(app): State<App>,
    Body(body): Body<IdentityProof>,
) -> Result<Json<VisitorCredential>, Problem> {
    let Guest { visitor, token, ip } = guest;
    let admitted = visitors::identify(&app.engine, &visitor, &token, &ip, body.into()).await?;
    Ok(Json(admitted.into()))
}
