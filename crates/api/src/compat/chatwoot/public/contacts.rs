//! `contacts`: a customer comes, is shown, and tells more about itself.

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Map, Value};
use tertulia_engine::visitors::customers::{self, Come};
use tertulia_engine::visitors::{Profile, Proof};
use tertulia_engine::{Error, stream_tokens};

use super::{Customer, shape};
use crate::app::App;
use crate::compat::chatwoot::shapes::contact::IDENTIFIER;
use crate::compat::chatwoot::{Fields, Path, Refusal, Reply};
use crate::extract::Client;

const NOT_PROVEN: &str = "HMAC failed: Invalid Identifier Hash Provided";

pub(super) async fn create(
    State(app): State<App>,
    Path(key): Path<String>,
    client: Client,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("contact");
    let identifier = fields.filled("identifier")?;
    let hash = fields.filled("identifier_hash")?;
    let profile = profile(&fields)?;
    let command = Come {
        source_id: fields.filled("source_id")?,
        identity: identifier.zip(hash).map(|(id, hash)| Proof {
            id,
            hash,
            profile: profile.clone(),
        }),
        profile,
    };
    let come = customers::come(&app.engine, &key, &client.ip.to_string(), command).await;
    let source_id = come.map_err(refusal)?;
    answer(&app, &customers::recognise(&app.engine, &key, &source_id).await?).await
}

pub(super) async fn show(customer: Customer, State(app): State<App>) -> Result<Reply, Refusal> {
    answer(&app, &customer.known).await
}

pub(super) async fn update(
    customer: Customer,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    let fields = fields.of("contact");
    let profile = profile(&fields)?;
    customers::update(&app.engine, &customer.known, profile).await?;
    answer(&app, &customer.known).await
}

/// A hash that proves nothing, as clients know it.
fn refusal(error: Error) -> Refusal {
    match error {
        Error::Unauthenticated { .. } => Refusal::error(StatusCode::UNAUTHORIZED, NOT_PROVEN),
        error => error.into(),
    }
}

/// The customer, with the token that opens its socket.
async fn answer(app: &App, customer: &customers::Customer) -> Result<Reply, Refusal> {
    let contact = customers::show(&app.engine, customer).await?;
    let token = stream_tokens::issue(&app.engine, &customer.ctx).await?;
    let mut shape = shape::record(customer.ctx.account_id, &contact);
    if let Value::Object(shape) = &mut shape {
        shape.insert("source_id".to_owned(), customer.source_id.as_str().into());
        shape.insert("pubsub_token".to_owned(), token.into());
    }
    Ok(Reply(shape))
}

/// What is told; a picture by its address is not taken.
fn profile(fields: &Fields) -> Result<Profile, Refusal> {
    let mut attributes: Map<String, Value> =
        fields.object("custom_attributes")?.unwrap_or_default();
    if let Some(identifier) = fields.filled("identifier")? {
        attributes.insert(IDENTIFIER.to_owned(), identifier.into());
    }
    Ok(Profile {
        name: fields.filled("name")?,
        email: fields.filled("email")?,
        phone: fields.filled("phone_number")?,
        attributes: (!attributes.is_empty()).then_some(attributes),
    })
}
