//! Notifications: nothing is kept about them here, so nobody has any. That is what the lists say.

use axum::http::Method;
use serde_json::json;
use tertulia_domain::access::Permission;

use crate::compat::chatwoot::{Caller, Refusal, Reply, Routes};

const NONE: &str =
    "Notifications are not kept on the server; the console shows them as they happen.";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/notifications", list)
        .get("/notifications/unread_count", unread_count)
        .absent(Method::POST, "/notifications/read_all", NONE)
        .absent(Method::PATCH, "/notifications/{id}", NONE)
        .absent(Method::DELETE, "/notifications/{id}", NONE)
        .absent(Method::GET, "/notification_settings", NONE)
        .absent(Method::PATCH, "/notification_settings", NONE)
}

async fn list(Caller(ctx): Caller) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let meta = json!({"unread_count": 0, "count": 0, "current_page": 1});
    Ok(Reply(json!({"data": {"meta": meta, "payload": []}})))
}

async fn unread_count(Caller(ctx): Caller) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    Ok(Reply(json!(0)))
}
