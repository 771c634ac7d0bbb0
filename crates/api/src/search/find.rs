//! `GET /v1/search`: messages or contacts that have every word of the query, newest first.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tertulia_domain::access::Permission;
use tertulia_domain::{AccountId, ContactId, MessageId};
use tertulia_engine::views::{ContactView, ConversationView, MessageView};
use tertulia_store::conversations::{self, Viewer};
use tertulia_store::{ReadTx, Scope, contacts, identities, messages, search};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::extract::{Auth, List, Listing, PageParams};
use crate::problem::Problem;

/// What is searched for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Search {
    /// Words; the end of each may be missing. Without a word nothing is found.
    q: String,
    #[serde(default)]
    #[param(inline)]
    r#type: Subject,
}

/// Where it is searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Subject {
    #[default]
    Messages,
    Contacts,
}

/// One finding; which kind is decided by `type`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Finding {
    Message(Box<FoundMessage>),
    Contact(Box<ContactView>),
}

/// A found message in its conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FoundMessage {
    message: MessageView,
    conversation: ConversationView,
}

/// Searches messages (in the inboxes that you may see) or contacts.
///
/// Needs the permission `conversations:read`, or `contacts:read` for contacts.
/// A new text can be found within about a second.
#[utoipa::path(
    get,
    path = "/v1/search",
    operation_id = "search",
    tag = "search",
    params(Search, PageParams),
    responses((status = 200, body = List<Finding>)),
)]
pub(super) async fn search(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<Search>,
) -> Result<List<Finding>, Problem> {
    let Listing { page, filter: wanted } = listing;
    ctx.require(match wanted.r#type {
        Subject::Messages => Permission::ConversationsRead,
        Subject::Contacts => Permission::ContactsRead,
    })?;
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let (after, rows) = (page.after::<i64>()?, page.rows());
    let found =
        app.engine.store.read::<_, tertulia_store::Error, _>(Scope::Account(account), move |tx| {
            match wanted.r#type {
                Subject::Messages => find_messages(tx, account, viewer, &wanted.q, after, rows),
                Subject::Contacts => find_contacts(tx, account, &wanted.q, after, rows),
            }
        });
    page.answer(found.await?, |finding| match finding {
        Finding::Message(found) => found.message.id.0,
        Finding::Contact(contact) => contact.brief.id.0,
    })
}

fn find_messages(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    words: &str,
    before: Option<i64>,
    limit: i64,
) -> tertulia_store::Result<Vec<Finding>> {
    let reader = if viewer.all_inboxes { None } else { viewer.user };
    let hits = search::messages(tx, account, words, reader, before.map(MessageId), limit)?;
    let mut findings = Vec::with_capacity(hits.len());
    for hit in hits {
        let message = messages::find(tx, account, hit.message_id)?;
        let shown = conversations::shown_one(tx, account, viewer, hit.conversation_id)?;
        if let (Some(message), Some(shown)) = (message, shown) {
            findings.push(Finding::Message(Box::new(FoundMessage {
                message: MessageView::from(&message),
                conversation: ConversationView::from(&shown),
            })));
        }
    }
    Ok(findings)
}

fn find_contacts(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    words: &str,
    before: Option<i64>,
    limit: i64,
) -> tertulia_store::Result<Vec<Finding>> {
    let ids = search::contacts(tx, account, words, before.map(ContactId), limit)?;
    let mut findings = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(contact) = contacts::find(tx, account, id)? {
            let identities = identities::list(tx, account, id)?;
            findings.push(Finding::Contact(Box::new(ContactView::new(&contact, &identities))));
        }
    }
    Ok(findings)
}
