//! `POST agents/bulk_create`: an invitation for every address. Its link can be made again in the console;
//! no e-mail is sent.

use axum::extract::State;
use tertulia_domain::user::Role;
use tertulia_engine::invitations;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, Fields, Refusal};

/// Addresses of one request.
const EMAILS_MAX: usize = 100;

pub(super) async fn bulk_create(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Empty, Refusal> {
    let emails = fields.texts("emails")?.unwrap_or_default();
    if emails.is_empty() || emails.len() > EMAILS_MAX {
        let detail = format!("must be a list of 1 to {EMAILS_MAX} addresses");
        return Err(Refusal::wrong("emails", &detail));
    }
    for email in emails {
        let command = invitations::Create { email, role: Role::Agent };
        invitations::create(&app.engine, &ctx, command).await?;
    }
    Ok(Empty)
}
