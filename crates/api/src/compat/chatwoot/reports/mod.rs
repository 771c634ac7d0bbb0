//! Reports, computed from what is stored; for those who see every conversation.

mod bot_metrics;
mod conversations;
mod metric;
mod question;
mod series;
mod summaries;
mod summary;

use super::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/reports", series::list)
        .get("/reports/summary", summary::show)
        .get("/reports/bot_summary", summary::show_of_bots)
        .get("/reports/bot_metrics", bot_metrics::show)
        .get("/reports/conversations", conversations::show)
        .get("/summary_reports/agent", summaries::by_agent)
        .get("/summary_reports/team", summaries::by_team)
        .get("/summary_reports/inbox", summaries::by_inbox)
        .get("/summary_reports/label", summaries::by_label)
}
