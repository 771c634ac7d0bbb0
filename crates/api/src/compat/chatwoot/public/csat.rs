//! The page of a rating and its data: there are no ratings yet, so there is nothing behind them.

use crate::compat::chatwoot::Refusal;
use crate::compat::chatwoot::routes::Routes;

const ABSENT: &str = "There are no ratings in this version, so this conversation has none";

pub(super) fn routes() -> Routes {
    let path = "/csat_survey/{conversation_uuid}";
    Routes::new().get(path, absent).patch(path, absent)
}

/// The page that a rating's link opens.
pub(in crate::compat::chatwoot) fn page() -> Routes {
    Routes::new().get("/survey/responses/{conversation_uuid}", absent)
}

/// Anybody may ask, because whoever was sent the link would.
async fn absent() -> Refusal {
    Refusal::absent(ABSENT)
}
