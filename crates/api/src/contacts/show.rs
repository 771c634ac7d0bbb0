//! `GET /v1/contacts/{id}`: one contact.

use axum::Json;
use axum::extract::State;
use tertulia_domain::ContactId;
use tertulia_domain::access::Permission;
use tertulia_engine::Error;
use tertulia_engine::views::ContactView;
use tertulia_store::{Scope, contacts};

use crate::app::App;
use crate::extract::{Auth, Path};
use crate::problem::Problem;

/// One contact with everything known of it. A merged or erased one is not there any more.
///
/// Needs the permission `contacts:read`.
#[utoipa::path(
    get,
    path = "/v1/contacts/{id}",
    operation_id = "show_contact",
    tag = "contacts",
    params(("id" = ContactId, Path)),
    responses((status = 200, body = ContactView)),
)]
pub(super) async fn show_contact(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
) -> Result<Json<ContactView>, Problem> {
    ctx.require(Permission::ContactsRead)?;
    let account = ctx.account_id;
    let read = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| contacts::shown(tx, account, contact));
    let found = read.await?.filter(|(contact, _)| contact.is_present());
    let (contact, identities) = found.ok_or(Error::NotFound("contact"))?;
    Ok(Json(ContactView::new(&contact, &identities)))
}
