//! `GET inboxes/{inbox_identifier}`: what an app shows before anybody has written.

use axum::extract::State;
use serde_json::json;
use tertulia_engine::visitors::customers;

use crate::app::App;
use crate::compat::chatwoot::{Path, Refusal, Reply};

pub(super) async fn show(
    State(app): State<App>,
    Path(key): Path<String>,
) -> Result<Reply, Refusal> {
    let inbox = customers::door(&app.engine, &key).await?.inbox;
    Ok(Reply(json!({
        "identifier": key,
        // A hash is checked when there is one; nobody has to bring one.
        "identity_validation_enabled": false,
        "name": inbox.name,
        // There are no working hours and no ratings yet.
        "timezone": "UTC",
        "working_hours": [],
        "working_hours_enabled": false,
        "csat_survey_enabled": false,
        "greeting_enabled": !inbox.greeting.is_empty(),
    })))
}
