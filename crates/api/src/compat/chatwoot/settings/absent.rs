//! What Chatwoot has and Tertulia does not: each address says what is missing.

use axum::http::Method;

use crate::compat::chatwoot::Routes;

/// Whole nouns, with their list and their members.
const NOUNS: &[(&str, &str)] = &[
    ("agent_capacity_policies", "There are no capacity policies."),
    ("assignment_policies", "There are no assignment policies: people assign conversations."),
    ("automation_rules", "There are no automation rules; a webhook or an app can do what they do."),
    ("campaigns", "There are no campaigns."),
    ("companies", "There are no companies; a contact can have one as an attribute."),
    ("csat_survey_responses", "There are no ratings."),
    ("custom_roles", "There are no custom roles: administrator, supervisor and agent are all."),
    ("dashboard_apps", "There are no dashboard apps."),
    ("macros", "There are no macros."),
    ("portals", "There is no help centre."),
    ("sla_policies", "There are no service level agreements."),
];
/// Single addresses.
const ADDRESSES: &[(Method, &str, &str)] = &[
    (
        Method::GET,
        "/audit_logs",
        "The audit trail is the journal, in a shape of its own: GET /v1/events.",
    ),
    (Method::POST, "/bulk_actions", "There are no bulk actions; change conversations one by one."),
    (Method::GET, "/integrations/apps", "There are no integrations of this kind."),
    (Method::POST, "/integrations/hooks", "There are no integrations of this kind."),
    (Method::GET, "/reporting_events", "Reports are computed from messages; no events are stored."),
    (Method::GET, "/search", "Search one kind at a time: conversations/search or contacts/search."),
    (Method::GET, "/search/contacts", "Search contacts by contacts/search."),
    (Method::GET, "/search/conversations", "Search conversations by conversations/search."),
    (Method::GET, "/search/messages", "Search messages by conversations/search."),
    (Method::POST, "/upload", "Files are sent with the message that they belong to."),
];

pub(super) fn routes() -> Routes {
    let mut routes = Routes::new();
    for &(noun, sentence) in NOUNS {
        let (list, one) = (format!("/{noun}"), format!("/{noun}/{{id}}"));
        for (method, path) in [
            (Method::GET, &list),
            (Method::POST, &list),
            (Method::GET, &one),
            (Method::PATCH, &one),
            (Method::DELETE, &one),
        ] {
            routes = routes.absent(method, path, sentence);
        }
    }
    for (method, path, sentence) in ADDRESSES {
        routes = routes.absent(method.clone(), path, sentence);
    }
    routes
}
