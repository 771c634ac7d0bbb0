//! Reports, computed from what is stored; for those who see every conversation.

mod bot_metrics;
mod conversations;
mod metric;
mod question;
mod series;
mod summaries;
mod summary;

use axum::http::Method;

use super::Routes;

/// Tables of Chatwoot that nobody has asked for yet.
const ABSENT: &[&str] = &[
    "/reports/agents",
    "/reports/conversation_traffic",
    "/reports/conversations_summary",
    "/reports/first_response_time_distribution",
    "/reports/inbox_label_matrix",
    "/reports/inboxes",
    "/reports/labels",
    "/reports/outgoing_messages_count",
    "/reports/teams",
    "/summary_reports/channel",
];
const NO_TABLE: &str =
    "This table is not computed; reports, reports/summary and summary_reports are.";

pub(super) fn routes() -> Routes {
    let routes = Routes::new()
        .get("/reports", series::list)
        .get("/reports/summary", summary::show)
        .get("/reports/bot_summary", summary::show_of_bots)
        .get("/reports/bot_metrics", bot_metrics::show)
        .get("/reports/conversations", conversations::show)
        .get("/summary_reports/agent", summaries::by_agent)
        .get("/summary_reports/team", summaries::by_team)
        .get("/summary_reports/inbox", summaries::by_inbox)
        .get("/summary_reports/label", summaries::by_label);
    ABSENT.iter().fold(routes, |routes, path| routes.absent(Method::GET, path, NO_TABLE))
}
