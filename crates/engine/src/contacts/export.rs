//! Everything that is kept about one person, for that person.

use serde::Serialize;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::{ContactId, Timestamp};
use tertulia_store::conversations::{self, Filter, Page, Sort, Viewer};
use tertulia_store::messages::{self, Log, Span};
use tertulia_store::{ReadTx, Scope, contacts, erasure};
use utoipa::ToSchema;

use crate::views::{ContactView, ConversationView, MessageView};
use crate::{Ctx, Engine, Error, Fact, Result};

/// Rows that are read at a time.
const BATCH_MAX: usize = 500;

/// A person's data. Files are at the addresses inside the messages.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ContactExport)]
pub struct ContactExport {
    pub exported_at: Timestamp,
    pub contact: ContactView,
    pub conversations: Vec<ConversationView>,
    /// Of all conversations, room by room, in their order; notes of the team are among them.
    pub messages: Vec<MessageView>,
}

/// Collects everything about a person. The journal says who asked for it.
pub async fn export(engine: &Engine, ctx: &Ctx, contact: ContactId) -> Result<ContactExport> {
    ctx.require(Permission::ContactsManage)?;
    engine
        .commit(ctx, move |change| {
            change.contact(contact)?;
            let data = json!({"contact_id": contact});
            change.record(&Fact::new(EventKind::ContactExported, data).about(contact.0))?;
            Ok(())
        })
        .await?;
    let (account, now) = (ctx.account_id, engine.clock.now());
    let read = engine.store.read(Scope::Account(account), move |tx| {
        let found = contacts::shown(tx, account, contact)?.ok_or(Error::NotFound("contact"))?;
        let mut messages = Vec::new();
        for room in erasure::rooms(tx, account, contact)? {
            let log = Log { room, conversation: None, public_only: false };
            let mut after = 0;
            loop {
                let (page, more) = messages::page(tx, account, log, Span::After(after), BATCH_MAX)?;
                after = page.last().map_or(after, |message| message.seq);
                messages.extend(page.iter().map(MessageView::from));
                if !more {
                    break;
                }
            }
        }
        Ok::<_, Error>(ContactExport {
            exported_at: now,
            contact: ContactView::new(&found.0, &found.1),
            conversations: all_conversations(tx, account, contact)?,
            messages,
        })
    });
    read.await
}

fn all_conversations(
    tx: &mut ReadTx<'_>,
    account: tertulia_domain::AccountId,
    contact: ContactId,
) -> Result<Vec<ConversationView>> {
    let filter = Filter { contact: Some(contact), ..Filter::default() };
    let (mut all, mut after) = (Vec::new(), None);
    let limit = i64::try_from(BATCH_MAX).unwrap_or(i64::MAX);
    loop {
        let page = Page { sort: Sort::Newest, after, limit };
        let found = conversations::list(tx, account, Viewer::SYSTEM, &filter, page)?;
        let Some(last) = found.last() else { return Ok(all) };
        after = Some(Sort::Newest.place(&last.conversation));
        all.extend(found.iter().map(ConversationView::from));
    }
}
