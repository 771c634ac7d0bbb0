//! `GET /widget/v1/stream`: what happens in the visitor's own room.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use tertulia_engine::{Error, visitors};
use tertulia_live::{Attendance, Credential, Frame, Join, Refusal, Subscription};

use super::guest::Asker;
use crate::app::App;
use crate::problem::Problem;
use crate::stream::{Peer, Reaction, VisitorFrame, accept, cursor, read};

/// A WebSocket with the visitor's messages as they come.
///
/// The first frame is `{"type":"subscribe","token":"vis_…","cursor":null}`; frames are those of
/// `GET /v1/stream`, for one visitor.
#[utoipa::path(
    get,
    path = "/widget/v1/stream",
    operation_id = "open_widget_stream",
    tag = "widget",
    responses((status = 101, description = "The socket is open")),
)]
pub(super) async fn open_widget_stream(
    State(app): State<App>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| {
        let detail = "This address is a WebSocket; ask for an upgrade.";
        Problem::new(StatusCode::UPGRADE_REQUIRED, "upgrade_required", detail)
    })?;
    let (hub, asker) = (app.live.clone(), Asker::of(&app, &headers));
    Ok(accept(upgrade, hub, AtWebsite { app, asker }))
}

/// Somebody at a website; who it is comes with the first frame.
struct AtWebsite {
    app: App,
    /// Where the page is from.
    asker: Asker,
}

impl Peer for AtWebsite {
    async fn react(&mut self, text: &str, _: Option<&Subscription>) -> Reaction {
        match read(text) {
            Ok(VisitorFrame::Ping) => Reaction::Answer(Frame::pong()),
            Ok(VisitorFrame::Subscribe { token, cursor: text }) => match cursor(text.as_deref()) {
                Ok(cursor) => self.subscribe(&token, cursor).await,
                Err(code) => Reaction::Nonsense(code),
            },
            Err(code) => Reaction::Nonsense(code),
        }
    }
}

impl AtWebsite {
    async fn subscribe(
        &self,
        token: &str,
        cursor: Option<tertulia_store::events::Cursor>,
    ) -> Reaction {
        let visitor = match visitors::authenticate(&self.app.engine, token).await {
            Ok(visitor) => visitor,
            Err(error) => return Reaction::Refuse(refusal(&error)),
        };
        if !self.asker.may_ask(&visitor.settings.allowed_origins) {
            return Reaction::Refuse(Refusal::OriginNotAllowed);
        }
        let credential =
            Credential::Visitor { account: visitor.ctx.account_id, token_hash: visitor.token_hash };
        let (topics, attendance) = (Vec::new(), Attendance::Socket);
        Reaction::Join(Box::new(Join { credential, topics, cursor, attendance }))
    }
}

fn refusal(error: &Error) -> Refusal {
    match error {
        Error::Unauthenticated { code: "identity_invalid", .. } => Refusal::IdentityRequired,
        Error::Unauthenticated { .. } => Refusal::SignedOut,
        _ => Refusal::Unavailable,
    }
}
