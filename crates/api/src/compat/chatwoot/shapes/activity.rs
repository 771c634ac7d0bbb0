//! Lines of the log as the English sentences that Chatwoot stores.

use std::collections::BTreeMap;

use tertulia_domain::content::ActivityAction;

/// What happened, and by whom; `who` is empty when it happened by itself.
pub(crate) fn sentence(
    action: ActivityAction,
    params: &BTreeMap<String, String>,
    who: &str,
) -> String {
    let param = |name: &str| params.get(name).map_or("", String::as_str);
    let by = if who.is_empty() { String::new() } else { format!(" by {who}") };
    match action {
        ActivityAction::Created => "Conversation was started".to_owned(),
        ActivityAction::Assigned => format!("Assigned to {}{by}", param("user_name")),
        ActivityAction::Unassigned => format!("Conversation unassigned{by}"),
        ActivityAction::TeamAssigned => format!("Assigned to {}{by}", param("team_name")),
        ActivityAction::TeamUnassigned => format!("Unassigned from the team{by}"),
        ActivityAction::Labels => labels(param("added"), param("removed"), who),
        ActivityAction::Priority => format!("Priority was set to {}{by}", param("priority")),
        ActivityAction::Snoozed => format!("Conversation was snoozed{by}"),
        ActivityAction::Unsnoozed => format!("Conversation was reopened{by}"),
        ActivityAction::Resolved => format!("Conversation was marked resolved{by}"),
        ActivityAction::Reopened => format!("Conversation was reopened{by}"),
        ActivityAction::Control => match param("user_name") {
            "" => format!("Control of the conversation was changed{by}"),
            name => format!("{name} took over the conversation"),
        },
        ActivityAction::HandedOver => format!("{} asked for people", param("app_name")),
        ActivityAction::GivenBack => format!("Conversation was given to {}{by}", param("app_name")),
        ActivityAction::AppFailed => {
            "Conversation was marked open by system due to an error with the agent bot.".to_owned()
        }
        ActivityAction::Merged => format!("The contact was merged{by}"),
        ActivityAction::Blocked => format!("The contact was blocked{by}"),
        ActivityAction::Unreachable => "The contact can no longer be reached".to_owned(),
        ActivityAction::Reachable => "The contact can be reached again".to_owned(),
    }
}

fn labels(added: &str, removed: &str, who: &str) -> String {
    let who = if who.is_empty() { "System" } else { who };
    match (added, removed) {
        ("", removed) => format!("{who} removed {removed}"),
        (added, "") => format!("{who} added {added}"),
        (added, removed) => format!("{who} added {added} and removed {removed}"),
    }
}
