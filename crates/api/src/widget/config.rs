//! `GET /widget/v1/{key}/config`: how a website's widget looks, before anybody is known.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use tertulia_domain::inbox::{FormField, InboxSettings, Side};
use tertulia_store::{ReadTx, Scope, inboxes, users};
use utoipa::ToSchema;

use super::guest::require_origin;
use crate::app::App;
use crate::extract::Path;
use crate::problem::Problem;

/// Faces that the widget shows.
const TEAM_MAX: usize = 5;

/// How a widget looks and behaves.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WidgetConfig {
    title: String,
    subtitle: String,
    greeting: String,
    /// `#rrggbb`.
    color: String,
    position: Side,
    /// A language code, or `auto` for the visitor's.
    locale: String,
    pre_chat: Vec<FormField>,
    attachments_enabled: bool,
    emoji_enabled: bool,
    enforce_identity: bool,
    /// Somebody is there to answer.
    online: bool,
    team: Vec<Face>,
}

/// Somebody of the team, as strangers may see them.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Face {
    name: String,
    avatar_url: Option<String>,
}

/// How a widget looks and behaves.
#[utoipa::path(
    get,
    path = "/widget/v1/{key}/config",
    operation_id = "get_widget_config",
    tag = "widget",
    params(("key" = String, Path, description = "The widget's key, from its snippet")),
    responses((status = 200, body = WidgetConfig)),
)]
pub(super) async fn get_widget_config(
    State(app): State<App>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Result<Json<WidgetConfig>, Problem> {
    let read = app.engine.store.read(Scope::System, move |tx| find(tx, &key));
    let (account, inbox, team) = read.await?.ok_or_else(|| Problem::not_found("widget"))?;
    let InboxSettings::Widget(settings) = inbox.settings else {
        return Err(Problem::not_found("widget"));
    };
    require_origin(&app, &headers, &settings.allowed_origins)?;
    Ok(Json(WidgetConfig {
        title: settings.title,
        subtitle: settings.subtitle,
        greeting: inbox.greeting,
        color: settings.color,
        position: settings.position,
        locale: settings.locale,
        pre_chat: settings.pre_chat,
        attachments_enabled: settings.attachments_enabled,
        emoji_enabled: settings.emoji_enabled,
        enforce_identity: settings.enforce_identity,
        online: app.live.is_served(account, inbox.id),
        team,
    }))
}

type Found = (tertulia_domain::AccountId, tertulia_domain::inbox::Inbox, Vec<Face>);

fn find(tx: &mut ReadTx<'_>, key: &str) -> Result<Option<Found>, tertulia_store::Error> {
    let Some((account, inbox)) = inboxes::by_widget_key(tx, key)? else { return Ok(None) };
    if !inbox.enabled {
        return Ok(None);
    }
    let mut team = Vec::new();
    for user in inboxes::members(tx, account, inbox.id)?.into_iter().take(TEAM_MAX) {
        if let Some(user) = users::get(tx, account, user)?.filter(|user| user.active) {
            team.push(Face { name: user.name, avatar_url: None });
        }
    }
    Ok(Some((account, inbox, team)))
}
