//! `changed_attributes`: what a change of a conversation changed, in Chatwoot's words.

use serde_json::{Map, Value, json};

/// One object per attribute, each with its value before and after.
pub(super) fn changed_attributes(changed: Option<&Map<String, Value>>) -> Vec<Value> {
    let all = changed.into_iter().flatten();
    all.filter_map(|(name, change)| {
        let (from, to) = (change.get("from")?, change.get("to")?);
        let (name, from, to) = translate(name, from, to)?;
        Some(json!({ name: { "previous_value": from, "current_value": to } }))
    })
    .collect()
}

fn translate<'v>(name: &'v str, from: &'v Value, to: &'v Value) -> Option<(&'v str, Value, Value)> {
    match name {
        "status" | "assignee_id" | "team_id" | "snoozed_until" => {
            Some((name, from.clone(), to.clone()))
        }
        "labels" => Some(("label_list", from.clone(), to.clone())),
        "attributes" => Some(("custom_attributes", from.clone(), to.clone())),
        "waiting_since" => Some((name, from.clone(), to.clone())),
        "priority" => Some((name, priority(from), priority(to))),
        "holder" => {
            let (from, to) = (bot(from), bot(to));
            (from != to).then_some(("assignee_agent_bot_id", from, to))
        }
        _ => None,
    }
}

/// Chatwoot has no word for "none".
fn priority(value: &Value) -> Value {
    if value == "none" { Value::Null } else { value.clone() }
}

/// The app in control, if it is one.
fn bot(holder: &Value) -> Value {
    if holder.get("kind").is_some_and(|kind| kind == "app") {
        return holder.get("id").cloned().unwrap_or_default();
    }
    Value::Null
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_has_its_own_object_and_our_words_become_theirs() {
        let changed = json!({
            "status": {"from": "pending", "to": "open"},
            "priority": {"from": "none", "to": "high"},
            "holder": {"from": {"kind": "app", "id": 7}, "to": {"kind": "agent", "id": 3}},
        });
        assert_eq!(
            json!(changed_attributes(changed.as_object())),
            json!([
                {"status": {"previous_value": "pending", "current_value": "open"}},
                {"priority": {"previous_value": null, "current_value": "high"}},
                {"assignee_agent_bot_id": {"previous_value": 7, "current_value": null}},
            ])
        );
        assert!(changed_attributes(None).is_empty());
    }

    #[test]
    fn from_one_person_to_another_no_bot_changed() {
        let holder = json!({"from": {"kind": "agent", "id": 1}, "to": {"kind": "agent", "id": 2}});
        assert!(changed_attributes(json!({ "holder": holder }).as_object()).is_empty());
    }
}
