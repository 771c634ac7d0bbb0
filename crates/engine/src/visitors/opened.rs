//! A visitor opens the widget: news for programs that greet.

use serde_json::json;
use tertulia_domain::event::EventKind;

use super::Visitor;
use crate::{Engine, Fact, Result};

/// Tells that a visitor opened the widget. Opening and closing again and again is one opening: what is
/// more often than the limit is passed over in silence.
pub async fn opened(engine: &Engine, visitor: &Visitor) -> Result<()> {
    if engine.visitor_limits.open(visitor.identity_id).is_err() {
        return Ok(());
    }
    let data = json!({
        "contact_id": visitor.contact_id,
        "identity_id": visitor.identity_id,
        "inbox_id": visitor.inbox_id,
        "page": visitor.page,
    });
    let (contact, inbox) = (visitor.contact_id, visitor.inbox_id);
    engine
        .transact(&visitor.ctx, move |change| {
            let fact = Fact::new(EventKind::WidgetOpened, data.clone());
            change.record(&fact.about(contact.0).at_inbox(inbox)).map(drop)
        })
        .await
}
