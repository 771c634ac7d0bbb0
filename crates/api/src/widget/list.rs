//! `GET /widget/v1/messages`: the visitor's history.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use tertulia_engine::views::{MessageView, WidgetMessageView};
use tertulia_store::Scope;
use tertulia_store::messages::{self, Log, Span};
use utoipa::{IntoParams, ToSchema};

use super::guest::Guest;
use crate::app::App;
use crate::extract::Query;
use crate::problem::Problem;

/// Messages of a page.
const PAGE_MAX: usize = 50;

/// Which part of the history; without both the newest.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Older than this `seq`.
    before: Option<i64>,
    /// Newer than this `seq`.
    after: Option<i64>,
}

/// A part of the history, ascending by `seq`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WidgetMessagePage {
    items: Vec<WidgetMessageView>,
    has_more: bool,
}

/// The visitor's history, also of conversations that are over.
#[utoipa::path(
    get,
    path = "/widget/v1/messages",
    operation_id = "list_widget_messages",
    tag = "widget",
    params(Wanted),
    responses((status = 200, body = WidgetMessagePage)),
)]
pub(super) async fn list_widget_messages(
    guest: Guest,
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<WidgetMessagePage>, Problem> {
    let span = match (wanted.before, wanted.after) {
        (None, None) => Span::Newest,
        (Some(seq), None) => Span::Before(seq),
        (None, Some(seq)) => Span::After(seq),
        (Some(_), Some(_)) => {
            let detail = "Ask for messages before or after, not both.";
            return Err(Problem::invalid("invalid", "?after", detail));
        }
    };
    let Some(room) = guest.room() else {
        return Ok(Json(WidgetMessagePage { items: Vec::new(), has_more: false }));
    };
    let account = guest.ctx().account_id;
    let log = Log { room, conversation: None, public_only: true };
    let read = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| messages::page(tx, account, log, span, PAGE_MAX));
    let (found, has_more) = read.await?;
    let items = found.iter().map(MessageView::from).filter_map(WidgetMessageView::new).collect();
    Ok(Json(WidgetMessagePage { items, has_more }))
}
