//! Everything around conversations: people, teams, labels, inboxes, canned responses, definitions of
//! attributes, filters, the account and the person who asks.
//!
//! Lists of Chatwoot have no pages here, so each is read whole, up to [`ROWS_MAX`].

mod absent;
mod account;
mod agent_bots;
mod agents;
mod canned_responses;
mod custom_attribute_definitions;
mod custom_filters;
mod inbox_members;
mod inboxes;
mod labels;
mod notifications;
mod people;
mod platform;
mod profile;
mod team_members;
mod teams;
mod webhooks;

use super::Routes;

/// Rows of a list that has no pages.
const ROWS_MAX: i64 = 1_000;

/// Below `/api/v1/accounts/{account_id}`.
pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(account::routes())
        .merge(agent_bots::routes())
        .merge(agents::routes())
        .merge(canned_responses::routes())
        .merge(custom_attribute_definitions::routes())
        .merge(custom_filters::routes())
        .merge(inbox_members::routes())
        .merge(inboxes::routes())
        .merge(labels::routes())
        .merge(notifications::routes())
        .merge(team_members::routes())
        .merge(teams::routes())
        .merge(webhooks::routes())
        .merge(absent::routes())
}

/// Beside the accounts.
pub(super) fn of_person() -> Routes {
    profile::routes().merge(platform::routes())
}
