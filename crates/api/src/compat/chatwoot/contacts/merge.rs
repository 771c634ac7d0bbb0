//! `POST actions/contact_merge`: two contacts turn out to be one person.

use axum::extract::State;
use tertulia_domain::ContactId;
use tertulia_engine::contacts;

use super::shown;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply};

pub(super) async fn merge(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let contact = |name: &str| {
        let id = fields.integer(name)?.ok_or_else(|| Refusal::wrong(name, "is missing"))?;
        Ok::<_, Refusal>(ContactId(id))
    };
    let (base, mergee) = (contact("base_contact_id")?, contact("mergee_contact_id")?);
    contacts::merge(&app.engine, &ctx, mergee, base).await?;
    Ok(Reply(shown::one(&app, &ctx, base).await?))
}
