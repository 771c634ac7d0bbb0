//! The published schemas of Chatwoot's answers, and whether an answer keeps to them.

use serde_json::{Map, Value};

const PUBLISHED: &str = include_str!("contract.json");

/// The schemas by operation.
pub(super) struct Contract(Value);

impl Contract {
    pub(super) fn read() -> Self {
        Self(serde_json::from_str(PUBLISHED).unwrap())
    }

    /// Where an answer differs: another type, a word outside a closed set, a property that is missing.
    pub(super) fn faults(&self, operation: &str, but: &[&str], answer: &Value) -> Vec<String> {
        let schema = &self.0["answers"][operation];
        assert!(!schema.is_null(), "the contract has no {operation}");
        let mut check = Check { contract: self, but, faults: Vec::new() };
        check.value("", schema, answer);
        check.faults
    }
}

impl Contract {
    /// The same for one thing inside an answer.
    pub(super) fn faults_of(&self, name: &str, thing: &Value) -> Vec<String> {
        let schema = &self.0["schemas"][name];
        assert!(!schema.is_null(), "the contract has no schema {name}");
        let mut check = Check { contract: self, but: &[], faults: Vec::new() };
        check.value("", schema, thing);
        check.faults
    }
}

struct Check<'a> {
    contract: &'a Contract,
    but: &'a [&'a str],
    faults: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, place: &str, schema: &Value, value: &Value) {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
            let schema = &self.contract.0["schemas"][name];
            assert!(!schema.is_null(), "the contract has no schema {name}");
            return self.value(place, schema, value);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.value(place, part, value);
        }
        let is_null = value.is_null() && schema["nullable"] == true;
        if !is_null && !fits(&schema["type"], value) {
            return self.faults.push(format!("{place} is no {}: {value}", schema["type"]));
        }
        if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) && !is_null {
            self.faults.push(format!("{place} is not among {}: {value}", schema["enum"]));
        }
        for (at, item) in value.as_array().into_iter().flatten().enumerate() {
            self.value(&format!("{place}/{at}"), &schema["items"], item);
        }
        if let Some(members) = value.as_object() {
            self.members(place, schema, members);
        }
    }

    fn members(&mut self, place: &str, schema: &Value, members: &Map<String, Value>) {
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            if self.but.contains(&name.as_str()) {
                continue;
            }
            match members.get(name) {
                Some(member) => self.value(&format!("{place}/{name}"), schema, member),
                None => self.faults.push(format!("{place}/{name} is missing")),
            }
        }
    }
}

fn fits(kind: &Value, value: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| fits(kind, value)),
        Value::String(kind) => match kind.as_str() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64(),
            "number" => value.is_number(),
            "null" => value.is_null(),
            other => panic!("a type {other}"),
        },
        _ => true,
    }
}

#[test]
fn the_check_finds_what_differs() {
    use serde_json::json;
    let right = json!([{"id": 1, "account_id": 1, "short_code": "a", "content": "b",
        "created_at": "x", "updated_at": "y"}]);
    let operation = "GET /api/v1/accounts/{account_id}/canned_responses";
    let contract = Contract::read();
    let faults = |but: &[&str], value: &Value| contract.faults(operation, but, value);
    assert_eq!(faults(&[], &right), [""; 0]);
    assert_eq!(faults(&[], &json!({})).len(), 1);
    let mut wrong = right.clone();
    wrong[0]["id"] = json!("1");
    wrong[0].as_object_mut().unwrap().remove("content");
    assert_eq!(faults(&[], &wrong).len(), 2);
    assert_eq!(faults(&["id", "content"], &wrong), [""; 0]);
}
