//! A visitor goes to another page: where its next conversation begins.

use tertulia_store::{Scope, visitors};

use super::{Page, Visitor};
use crate::{Engine, Error, Result};

/// Notes the page beside the visitor's token. It is no news to anybody until a conversation begins.
pub async fn visit(engine: &Engine, visitor: &Visitor, page: Page) -> Result<()> {
    let page = page.tidy("")?;
    let (account, hash) = (visitor.ctx.account_id, visitor.token_hash.clone());
    let referrer = visitor.page.as_ref().and_then(|page| page.get("referrer")).cloned();
    let mut json = page.json();
    if let (Some(fields), Some(referrer)) = (json.as_object_mut(), referrer) {
        // Where the visitor came from does not change by walking around.
        fields.insert("referrer".to_owned(), referrer);
    }
    engine
        .store
        .write::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(visitors::set_page(tx, account, &hash, &json)?)
        })
        .await
}
