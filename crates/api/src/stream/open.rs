//! `GET /v1/stream`: the account's events, typing and presence, as far as the caller may see them.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use tertulia_engine::outbound::show_typing;
use tertulia_engine::{Access, Ctx, Engine};
use tertulia_live::{Attendance, Close, Credential, Frame, Join, Subscription};

use super::connection::{Peer, Reaction, accept, cursor, refuse};
use super::frames::{DeskState, StaffFrame, read};
use crate::app::App;
use crate::cookies;
use crate::extract::{Auth, bearer, require_same_origin};
use crate::problem::Problem;

/// A WebSocket with the account's events as they happen.
///
/// Signs in by cookie, or by bearer token. Frames are JSON texts; the first one from
/// the client is `subscribe`. A refused upgrade ends with a close code: 4401 not signed in, 4403 a
/// foreign page.
#[utoipa::path(
    get,
    path = "/v1/stream",
    operation_id = "open_stream",
    tag = "stream",
    responses((status = 101, description = "The socket is open")),
)]
pub(super) async fn open_stream(
    State(app): State<App>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    mut parts: Parts,
) -> Result<Response, Problem> {
    let who = sign_in(&app, &mut parts).await;
    let Ok(upgrade) = upgrade else {
        who?;
        let detail = "This address is a WebSocket; ask for an upgrade.";
        return Err(Problem::new(StatusCode::UPGRADE_REQUIRED, "upgrade_required", detail));
    };
    match who.map(|ctx| credential(&ctx)) {
        Ok(Some(credential)) => {
            let staff = Staff { credential, engine: app.engine.clone() };
            Ok(accept(upgrade, app.live.clone(), staff))
        }
        Ok(None) => Ok(refuse(upgrade, Close::SignedOut)),
        Err(problem) if problem.code() == "csrf" => Ok(refuse(upgrade, Close::Forbidden)),
        Err(problem) if problem.is_about_the_caller() => Ok(refuse(upgrade, Close::SignedOut)),
        Err(problem) => Err(problem),
    }
}

async fn sign_in(app: &App, parts: &mut Parts) -> Result<Ctx, Problem> {
    // A page on another site can open a WebSocket with our cookie, and no browser asks us first.
    let is_cookie = bearer(&parts.headers)?.is_none();
    if is_cookie && cookies::session(app, &parts.headers).is_some() {
        require_same_origin(app.public_url(), &parts.headers)?;
    }
    Auth::from_request_parts(parts, app).await.map(|Auth(ctx)| ctx)
}

/// What the hub checks again whenever the caller's rights may have changed.
fn credential(ctx: &Ctx) -> Option<Credential> {
    let account = ctx.account_id;
    match (&ctx.access, ctx.session) {
        (Access::User { id, .. }, Some(session)) => {
            Some(Credential::Session { account, user: *id, session })
        }
        (Access::Token { id, user, .. }, _) => {
            Some(Credential::Token { account, user: *user, token: *id })
        }
        (
            // An app is told through its endpoint, in order and without gaps.
            Access::App { .. }
            | Access::User { .. }
            | Access::System
            | Access::Visitor { .. }
            | Access::Channel { .. },
            _,
        ) => None,
    }
}

/// A person or program of the account.
struct Staff {
    credential: Credential,
    engine: Engine,
}

impl Peer for Staff {
    async fn react(&mut self, text: &str, subscription: Option<&Subscription>) -> Reaction {
        let frame = match read(text) {
            Ok(frame) => frame,
            Err(code) => return Reaction::Nonsense(code),
        };
        match (frame, subscription) {
            (StaffFrame::Ping, _) => return Reaction::Answer(Frame::pong()),
            (StaffFrame::Subscribe { topics, cursor: text }, _) => {
                return match cursor(text.as_deref()) {
                    Ok(cursor) => {
                        let credential = self.credential.clone();
                        let attendance = Attendance::Socket;
                        Reaction::Join(Box::new(Join { credential, topics, cursor, attendance }))
                    }
                    Err(code) => Reaction::Nonsense(code),
                };
            }
            (_, None) => return Reaction::Nonsense("not_subscribed"),
            (StaffFrame::Typing { conversation_id, on }, Some(subscription)) => {
                let told = subscription.types(conversation_id, on).await;
                if let (Some(account), true) = (told, on) {
                    // A sign that is lost is not worth an error.
                    drop(show_typing(&self.engine, account, conversation_id).await);
                }
            }
            (StaffFrame::Viewing { conversation_id }, Some(subscription)) => {
                subscription.views(conversation_id).await;
            }
            (StaffFrame::Presence { state }, Some(subscription)) => {
                subscription.is_away(state == DeskState::Away);
            }
        }
        Reaction::Nothing
    }
}
