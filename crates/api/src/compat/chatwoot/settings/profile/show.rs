//! `GET /api/v1/profile`.

use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};
use tertulia_domain::user::PresenceState;
use tertulia_engine::views::{MeView, MembershipView};
use tertulia_engine::{sessions, stream_tokens};

use crate::app::App;
use crate::compat::chatwoot::caller::token;
use crate::compat::chatwoot::{Caller, Refusal, Reply, shapes};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Reply, Refusal> {
    let me = sessions::me(&app.engine, &ctx).await?;
    let stream_token = stream_tokens::issue(&app.engine, &ctx).await?.unwrap_or_default();
    let presence = app.live.presence(ctx.account_id, me.user.id);
    // The secret is nowhere stored: the person has the one that they came with.
    let access_token = token(&headers)?.unwrap_or_default();
    Ok(Reply(shape(&me, presence, access_token, &stream_token)))
}

fn shape(me: &MeView, presence: PresenceState, access_token: &str, stream_token: &str) -> Value {
    let user = &me.user;
    let accounts: Vec<Value> =
        me.accounts.iter().map(|membership| account(membership, presence)).collect();
    json!({
        "id": user.id,
        "access_token": access_token,
        "account_id": me.account.id,
        "name": user.name,
        "available_name": user.name,
        "display_name": null,
        "email": user.email,
        "uid": user.email,
        "provider": "email",
        "type": null,
        "avatar_url": "",
        "confirmed": true,
        "hmac_identifier": "",
        "inviter_id": null,
        "message_signature": null,
        "pubsub_token": stream_token,
        "role": shapes::user::role(user.role),
        "ui_settings": {},
        "custom_attributes": {},
        "accounts": accounts,
    })
}

fn account(membership: &MembershipView, presence: PresenceState) -> Value {
    let role = shapes::user::role(membership.role);
    let availability = shapes::user::availability(presence);
    json!({
        "id": membership.id,
        "name": membership.name,
        "status": "active",
        "active_at": null,
        "role": role,
        "permissions": [role],
        "availability": availability,
        "availability_status": availability,
        "auto_offline": true,
        "custom_role_id": null,
        "custom_role": null,
    })
}
