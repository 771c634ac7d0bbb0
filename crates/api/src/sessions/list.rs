//! `GET /v1/sessions`: where I am signed in.

use axum::extract::State;
use tertulia_engine::views::BrowserSessionView;
use tertulia_store::{Scope, sessions};

use crate::app::App;
use crate::extract::{Auth, List};
use crate::problem::Problem;

/// The browsers in which I am signed in, newest first.
#[utoipa::path(
    get,
    path = "/v1/sessions",
    operation_id = "list_sessions",
    tag = "session",
    responses((status = 200, body = List<BrowserSessionView>)),
)]
pub(super) async fn list_sessions(
    Auth(ctx): Auth,
    State(app): State<App>,
) -> Result<List<BrowserSessionView>, Problem> {
    let (user, current) = ctx.browser()?;
    let found = app.engine.store.read(Scope::System, move |tx| sessions::of_user(tx, user)).await?;
    let show = |session| BrowserSessionView::new(session, Some(current));
    Ok(List { items: found.iter().map(show).collect(), next_cursor: None })
}
