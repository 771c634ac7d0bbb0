//! `GET /v1/contacts/{id}/conversations`: what there was with this customer.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_domain::contact::Contact;
use tertulia_domain::{ContactId, ConversationId, Timestamp};
use tertulia_engine::Error;
use tertulia_engine::views::ConversationView;
use tertulia_store::conversations::{self, Filter, Page, Place, Sort};
use tertulia_store::{Scope, contacts};

use crate::app::App;
use crate::extract::{Auth, List, Listing, NoFilter, PageParams, Path};
use crate::problem::Problem;

/// The conversations of a contact that you may see, last active first.
///
/// Those of contacts that were merged into it are among them.
/// Needs the permission `contacts:read`, and also `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/contacts/{id}/conversations",
    operation_id = "list_contact_conversations",
    tag = "contacts",
    params(("id" = ContactId, Path), PageParams),
    responses((status = 200, body = List<ConversationView>)),
)]
pub(super) async fn list_conversations(
    Auth(ctx): Auth,
    State(app): State<App>,
    Path(contact): Path<ContactId>,
    listing: Listing<NoFilter>,
) -> Result<List<ConversationView>, Problem> {
    ctx.require(Permission::ContactsRead)?;
    ctx.require(Permission::ConversationsRead)?;
    let page = listing.page;
    let after = page.after::<(i64, i64)>()?;
    let after = after.map(|(at, id)| Place { at: Timestamp(at), id: ConversationId(id) });
    let wanted = Page { sort: Sort::Newest, after, limit: page.rows() };
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app.engine.store.read::<_, Error, _>(Scope::Account(account), move |tx| {
        let found = contacts::find(tx, account, contact)?.filter(Contact::is_present);
        found.ok_or(Error::NotFound("contact"))?;
        let filter = Filter { contact: Some(contact), ..Filter::default() };
        Ok(conversations::list(tx, account, viewer, &filter, wanted)?)
    });
    let found = read.await?;
    let place = |shown: &conversations::Shown| {
        let place = Sort::Newest.place(&shown.conversation);
        (place.at.0, place.id.0)
    };
    Ok(page.answer(found, place)?.map(|shown| ConversationView::from(&shown)))
}
