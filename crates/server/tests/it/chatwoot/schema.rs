//! Answers against the published OpenAPI document, with its mistakes corrected; see `deviations`.

use std::collections::HashMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Value, json};

use super::deviations::DEVIATIONS;
use crate::app::Answer;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("contract.json");
    let mut document: Value = serde_json::from_str(text).unwrap();
    for (pointer, schema, reason) in DEVIATIONS {
        assert!(reason.len() > 20, "{pointer} is explained");
        let place = document.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}"));
        *place = serde_json::from_str(schema).unwrap();
    }
    document
});

static VALIDATORS: LazyLock<HashMap<&'static str, Validator>> = LazyLock::new(|| {
    let answers = DOCUMENT["answers"].as_object().unwrap();
    let compiled = answers.iter().map(|(name, schema)| {
        let schema = json!({"components": {"schemas": DOCUMENT["schemas"]}, "allOf": [schema]});
        (name.as_str(), jsonschema::validator_for(&schema).unwrap())
    });
    compiled.collect()
});

/// Fails the test if a good answer is not what the document says of it.
#[track_caller]
pub(super) fn check(method: &Method, path: &str, answer: &Answer) {
    if answer.status != 200 || answer.bytes.is_empty() {
        return;
    }
    let Some((name, validator)) = validator(method, path) else { return };
    let body = answer.json();
    let errors: Vec<String> = validator
        .iter_errors(&body)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}\n{body:#}");
}

/// The document's word for a request, if it has one.
fn validator(method: &Method, path: &str) -> Option<(&'static str, &'static Validator)> {
    let path = path.split('?').next().unwrap();
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let fits = |name: &str| {
        let (verb, template) = name.split_once(' ').unwrap();
        let template: Vec<&str> = template.split('/').collect();
        verb == method.as_str()
            && template.len() == parts.len()
            && template.iter().zip(&parts).all(|(t, p)| t == p || is_id(t, p))
    };
    VALIDATORS.iter().find(|(name, _)| fits(name)).map(|(name, validator)| (*name, validator))
}

fn is_id(template: &str, part: &str) -> bool {
    template.starts_with('{') && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn a_wrong_answer_is_found() {
    let path = "/api/v1/accounts/1/conversations/2/labels";
    let (_, validator) = validator(&Method::GET, path).unwrap();
    assert!(validator.is_valid(&json!({"payload": ["vip"]})));
    assert!(!validator.is_valid(&json!({"payload": [1]})));
    let list = "/api/v1/accounts/1/contacts";
    let (_, validator) = super::schema::validator(&Method::GET, list).unwrap();
    assert!(!validator.is_valid(&json!({"meta": {"count": "1"}, "payload": []})));
}
