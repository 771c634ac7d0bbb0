//! `GET contacts/{id}/conversations`: the last ones that one may see.

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_store::conversations::{self, By, Order, Subject};
use tertulia_store::matching::{Joined, Operand, Operator, Test};

use super::{Place, shown};
use crate::app::App;
use crate::compat::chatwoot::conversations::shown::many;
use crate::compat::chatwoot::{Caller, Path, Refusal, Reply};

/// Conversations of the answer.
const CONVERSATIONS_MAX: i64 = 20;

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    shown::one(&app, &ctx, place.contact_id).await?;
    let questions = vec![vec![Test {
        subject: Subject::Contact,
        operator: Operator::Equal,
        values: vec![Operand::Int(place.contact_id.0)],
        joined: Joined::And,
    }]];
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let order = Order { by: By::LastActivity, descending: true };
    let found = many(&app, &ctx, move |tx| {
        conversations::ask(tx, account, viewer, &questions, order, (0, CONVERSATIONS_MAX))
    });
    Ok(Reply(json!({"payload": found.await?})))
}
