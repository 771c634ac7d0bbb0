//! `GET /v1/events`: what happened in the account, oldest first.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::views::EventView;
use tertulia_store::{Scope, events};

use crate::app::App;
use crate::cursor;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams};
use crate::problem::Problem;

/// The account's feed, oldest first.
///
/// Takes the `cursor` of any event, or `next_cursor`, and goes on behind it; it never skips.
/// Needs the permission `events:read`.
#[utoipa::path(
    get,
    path = "/v1/events",
    operation_id = "list_events",
    tag = "events",
    params(PageParams),
    responses((status = 200, body = List<EventView>)),
)]
pub(super) async fn list_events(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<NoFilter>,
) -> Result<List<EventView>, Problem> {
    ctx.require(Permission::EventsRead)?;
    let page = listing.page;
    let from = match page.cursor.as_deref() {
        // The feed has one order for everybody, so its cursors are the events' own.
        Some(text) => text.parse().map_err(|_| cursor::invalid())?,
        None => events::Cursor::default(),
    };
    let (account, limit) = (ctx.account_id, page.limit);
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| events::after_in_account(tx, account, from, limit))
        .await?;
    let items: Vec<EventView> = found.iter().map(EventView::from).collect();
    // There is always a next page of a feed: it begins behind the last event.
    let next_cursor = items.last().map(|event| event.cursor.clone()).or(page.cursor);
    Ok(List { items, next_cursor })
}
