//! `conversations` of a customer: at most one is open, so opening another answers that one.

use axum::extract::State;
use serde_json::Value;
use tertulia_domain::ConversationId;
use tertulia_engine::inbound::open_by_visitor;
use tertulia_engine::views::ConversationView;
use tertulia_store::conversations::{Viewer, shown_one};
use tertulia_store::messages::Span;

use super::{At, Customer, shape};
use crate::app::App;
use crate::compat::chatwoot::{Fields, Refusal, Reply};

pub(super) async fn list(customer: Customer, State(app): State<App>) -> Result<Reply, Refusal> {
    let (account, contact) = (customer.ctx().account_id, customer.known.contact_id);
    let found = customer.read(&app, move |tx| {
        let mut shapes = Vec::new();
        for view in shape::of_contact(tx, account, contact)? {
            if let Some((messages, cast)) = shape::page(tx, account, &view, Span::Newest)? {
                shapes.push((view, messages, cast));
            }
        }
        Ok(shapes)
    });
    let shape = |(view, messages, cast): (
        ConversationView,
        Vec<_>,
        crate::compat::chatwoot::shapes::Cast,
    )| { shape::conversation(&cast.at(&app), &view, &messages) };
    Ok(Reply(found.await?.into_iter().map(shape).collect()))
}

pub(super) async fn create(
    customer: Customer,
    State(app): State<App>,
    _fields: Fields,
) -> Result<Reply, Refusal> {
    customer.require_writer(&app)?;
    let id = open_by_visitor(&app.engine, customer.ctx()).await?;
    Ok(Reply(whole(&app, &customer, id).await?))
}

pub(super) async fn show(at: At, State(app): State<App>) -> Result<Reply, Refusal> {
    Ok(Reply(whole(&app, &at.customer, at.id()).await?))
}

/// The conversation with its newest messages.
pub(super) async fn whole(
    app: &App,
    customer: &Customer,
    id: ConversationId,
) -> Result<Value, Refusal> {
    let account = customer.ctx().account_id;
    let found = customer.read(app, move |tx| {
        let Some(shown) = shown_one(tx, account, Viewer::SYSTEM, id)? else { return Ok(None) };
        let view = ConversationView::from(&shown);
        let page = shape::page(tx, account, &view, Span::Newest)?;
        Ok(page.map(|(messages, cast)| (view, messages, cast)))
    });
    let (view, messages, cast) = found.await?.ok_or_else(Refusal::not_found)?;
    Ok(shape::conversation(&cast.at(app), &view, &messages))
}
