//! The account itself.

mod show;
mod update;

use serde_json::{Value, json};
use tertulia_engine::views::AccountView;

use crate::compat::chatwoot::Routes;
use crate::compat::chatwoot::shapes::iso;

pub(super) fn routes() -> Routes {
    Routes::new().get("/", show::show).patch("/", update::update)
}

fn shape(account: &AccountView) -> Value {
    json!({
        "id": account.id,
        "name": account.name,
        "locale": account.locale,
        "domain": "",
        "support_email": "",
        "status": "active",
        "created_at": iso(account.created_at),
        "cache_keys": {},
        "features": {},
        "settings": {},
        "custom_attributes": {},
        "latest_chatwoot_version": null,
    })
}
