//! `GET /v1/contacts`: the contacts of the account.

use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::ContactId;
use tertulia_domain::access::Permission;
use tertulia_engine::views::ContactView;
use tertulia_store::{Error, Scope, contacts, search};
use utoipa::IntoParams;

use crate::app::App;
use crate::extract::{Auth, List, Listing, PageParams};
use crate::problem::Problem;

/// Which contacts.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Words of name and addresses; the end of each may be missing.
    q: Option<String>,
    /// The name of a label that they carry; not together with `q`.
    label: Option<String>,
}

/// The contacts of the account, newest first.
///
/// Needs the permission `contacts:read`.
#[utoipa::path(
    get,
    path = "/v1/contacts",
    operation_id = "list_contacts",
    tag = "contacts",
    params(Wanted, PageParams),
    responses((status = 200, body = List<ContactView>)),
)]
pub(super) async fn list_contacts(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<Wanted>,
) -> Result<List<ContactView>, Problem> {
    ctx.require(Permission::ContactsRead)?;
    let Listing { page, filter: wanted } = listing;
    if wanted.q.is_some() && wanted.label.is_some() {
        let detail = "Words and a label cannot be combined.";
        return Err(Problem::invalid("invalid", "?label", detail));
    }
    let before = page.after()?.map(ContactId);
    let (account, limit) = (ctx.account_id, page.rows());
    let read = app.engine.store.read::<_, Error, _>(Scope::Account(account), move |tx| {
        let ids = match wanted.q.as_deref().filter(|words| !words.trim().is_empty()) {
            Some(words) => search::contacts(tx, account, words, before, limit)?,
            None => {
                let before = before.unwrap_or(ContactId(i64::MAX));
                contacts::page(tx, account, wanted.label.as_deref(), before, limit)?
            }
        };
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some((contact, identities)) = contacts::shown(tx, account, id)? {
                found.push(ContactView::new(&contact, &identities));
            }
        }
        Ok(found)
    });
    page.answer(read.await?, |contact| contact.brief.id.0)
}
