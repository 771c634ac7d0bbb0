//! `POST /widget/v1/{key}/visitors`: somebody begins to talk.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use tertulia_domain::inbox::InboxSettings;
use tertulia_engine::views::VisitorView;
use tertulia_engine::visitors::{self, Admitted, Begin};
use tertulia_store::{Scope, inboxes};
use utoipa::ToSchema;

use super::guest::require_origin;
use super::shapes::{IdentityProof, VisitedPage};
use crate::app::App;
use crate::extract::{Body, Client, Path};
use crate::problem::Problem;

/// What a new visitor brings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewVisitor {
    /// The language of its browser.
    locale: Option<String>,
    page: Option<VisitedPage>,
    /// Who the website says it is.
    identity: Option<IdentityProof>,
}

/// A visitor and its token, which is shown only here.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VisitorCredential {
    token: String,
    visitor: VisitorView,
}

impl From<Admitted> for VisitorCredential {
    fn from(Admitted { token, visitor }: Admitted) -> Self {
        Self { token, visitor }
    }
}

/// Become a visitor.
///
/// With an identity the same person has the same history on every device; without one the visitor
/// is nobody in particular. The token is all that an app has to keep.
#[utoipa::path(
    post,
    path = "/widget/v1/{key}/visitors",
    operation_id = "create_visitor",
    tag = "widget",
    params(("key" = String, Path, description = "The widget's key, from its snippet")),
    request_body = NewVisitor,
    responses((status = 201, body = VisitorCredential)),
)]
pub(super) async fn create_visitor(
    State(app): State<App>,
    Path(key): Path<String>,
    client: Client,
    headers: HeaderMap,
    Body(body): Body<NewVisitor>,
) -> Result<(StatusCode, Json<VisitorCredential>), Problem> {
    let wanted = key.clone();
    let read = app.engine.store.read(Scope::System, move |tx| inboxes::by_widget_key(tx, &wanted));
    let (_, inbox) = read.await?.ok_or_else(|| Problem::not_found("widget"))?;
    if let InboxSettings::Widget(settings) = &inbox.settings {
        require_origin(&app, &headers, &settings.allowed_origins)?;
    }
    let command = Begin {
        locale: body.locale,
        page: body.page.map(Into::into),
        identity: body.identity.map(Into::into),
    };
    let admitted = visitors::begin(&app.engine, &key, &client.ip.to_string(), command).await?;
    Ok((StatusCode::CREATED, Json(admitted.into())))
}
