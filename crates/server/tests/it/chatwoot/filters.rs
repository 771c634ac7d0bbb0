//! Filters that people put together, over conversations and contacts.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::Desk;
use crate::app::{TestApp, on_every_engine};

/// One condition; the last one is joined to nothing.
fn when(key: &str, operator: &str, values: Value, next: Option<&str>) -> Value {
    json!({"attribute_key": key, "filter_operator": operator, "values": values, "query_operator": next})
}

#[test]
fn conversations_by_every_key() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let one = json!([scene.conversation]);
        desk.post(&scene.path("/labels"), &json!({"labels": ["vip"]})).await;
        desk.post(&scene.path("/toggle_priority"), &json!({"priority": "high"})).await;
        let inbox = app.people.api.id.0;
        let number = scene.conversation;
        let cases = [
            (json!([when("status", "equal_to", json!(["open"]), None)]), true),
            (json!([when("status", "not_equal_to", json!(["open"]), None)]), false),
            (json!([when("status", "equal_to", json!(["all"]), None)]), true),
            (json!([when("inbox_id", "equal_to", json!([inbox]), None)]), true),
            (json!([when("inbox_id", "equal_to", json!([inbox + 1]), None)]), false),
            (json!([when("assignee_id", "is_not_present", json!([]), None)]), true),
            (json!([when("team_id", "is_present", json!([]), None)]), false),
            (json!([when("priority", "equal_to", json!(["high"]), None)]), true),
            (json!([when("display_id", "equal_to", json!([number]), None)]), true),
            (json!([when("display_id", "contains", json!([number]), None)]), true),
            (json!([when("labels", "equal_to", json!(["vip"]), None)]), true),
            (json!([when("labels", "not_equal_to", json!(["vip"]), None)]), false),
            (json!([when("labels", "is_present", json!([]), None)]), true),
            (json!([when("campaign_id", "is_present", json!([]), None)]), false),
            (json!([when("browser_language", "equal_to", json!(["pt"]), None)]), false),
            (json!([when("referer", "contains", json!(["example"]), None)]), false),
            (json!([when("created_at", "is_greater_than", json!(["2001-01-01"]), None)]), true),
            (json!([when("last_activity_at", "days_before", json!(["1"]), None)]), false),
            (
                json!([
                    when("status", "equal_to", json!(["resolved"]), Some("OR")),
                    when("priority", "equal_to", json!(["high"]), None)
                ]),
                true,
            ),
            (
                json!([
                    when("status", "equal_to", json!(["resolved"]), Some("AND")),
                    when("priority", "equal_to", json!(["high"]), None)
                ]),
                false,
            ),
        ];
        for (payload, found) in cases {
            let answer = desk.post("/conversations/filter", &json!({"payload": payload})).await;
            let numbers: Vec<_> =
                answer["payload"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect();
            let expected = if found { one.clone() } else { json!([]) };
            assert_eq!(json!(numbers), expected, "{payload}");
            assert_eq!(answer["meta"]["all_count"], i64::from(found));
        }
        app.settle().await;
    });
}

#[test]
fn contacts_by_key_and_by_attributes_of_the_account() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let definition = json!({"subject": "contact", "key": "plan", "name": "Plan",
            "description": "", "kind": "text"});
        let path = "/v1/attribute-definitions";
        let made = app.people.administrator.post(path, &definition).await;
        assert_eq!(made.status, 201, "{}", made.json());
        let body = json!({"name": "Ana", "email": "ana@example.com", "identifier": "crm-7",
            "custom_attributes": {"plan": "gold", "vip": true}, "additional_attributes": {"city": "Porto"}});
        desk.post("/contacts", &body).await;
        desk.post("/contacts", &json!({"name": "Bo", "phone_number": "+351912345678"})).await;
        for (clause, names) in [
            (when("name", "contains", json!(["AN"]), None), vec!["Ana"]),
            (when("email", "is_not_present", json!([]), None), vec!["Bo"]),
            (when("phone_number", "starts_with", json!(["+351"]), None), vec!["Bo"]),
            (when("identifier", "equal_to", json!(["crm-7"]), None), vec!["Ana"]),
            (when("city", "equal_to", json!(["Porto"]), None), vec!["Ana"]),
            (when("city", "not_equal_to", json!(["Porto"]), None), vec!["Bo"]),
            (when("blocked", "equal_to", json!(["true"]), None), vec![]),
            (when("plan", "equal_to", json!(["gold"]), None), vec!["Ana"]),
            (when("plan", "is_not_present", json!([]), None), vec!["Bo"]),
            (when("name", "equal_to", json!(["x' OR 1=1 --"]), None), vec![]),
        ] {
            let body = json!({"payload": [clause]});
            let answer = desk.post("/contacts/filter?sort=name", &body).await;
            let found: Vec<_> = answer["payload"].as_array().unwrap().iter().collect();
            let found: Vec<_> = found.iter().map(|c| c["name"].as_str().unwrap()).collect();
            assert_eq!(found, names, "{body}");
            assert_eq!(answer["meta"]["count"], names.len());
        }
    });
}

#[test]
fn keys_operators_and_values_that_make_no_sense_are_refused() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        for (clause, start) in [
            (
                when("nonsense", "equal_to", json!(["x"]), None),
                "Invalid attribute key - [nonsense].",
            ),
            (
                when("status", "contains", json!(["x"]), None),
                "Invalid operator. The allowed operators for status are [equal_to,",
            ),
            (when("status", "like", json!(["x"]), None), "Invalid operator."),
            (
                when("inbox_id", "equal_to", json!(["x"]), None),
                "Invalid value. The values provided for inbox_id",
            ),
            (when("status", "equal_to", json!([]), None), "Invalid value."),
            (when("status", "equal_to", json!(["open"]), Some("XOR")), "Query operator must be"),
            (json!({"filter_operator": "equal_to"}), "payload[attribute_key] is missing"),
            (json!(7), "payload has a condition that is no object"),
        ] {
            let body = json!({"payload": [clause]});
            let answer = desk.ask(Method::POST, "/conversations/filter", &body).await;
            assert_eq!(answer.status, 422, "{body}");
            let error = answer.json()["error"].as_str().unwrap().to_owned();
            assert!(error.starts_with(start), "{error}");
        }
        let expected = json!({"error": "payload must be a list of conditions"});
        desk.refused(Method::POST, "/contacts/filter", &json!({}), (422, &expected)).await;
    });
}
