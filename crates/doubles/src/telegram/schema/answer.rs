//! Checks what the double itself says: a double that invents fields teaches its client nonsense.

use serde_json::Value;

use super::{SCHEMA, Shape, element};

/// Everything in `value` that is not as the published description says of `type_name`.
#[must_use]
pub fn faults_of(type_name: &str, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(type_name, value, type_name, &mut faults);
    faults
}

/// Everything in a method's result that is not as the description of the method says.
#[must_use]
pub fn faults_of_result(method: &str, result: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    match SCHEMA.method(method) {
        Some((name, method)) => either(&method.returns, result, name, &mut faults),
        None => faults.push(format!("{method}: no such method")),
    }
    faults
}

fn check(name: &str, value: &Value, place: &str, faults: &mut Vec<String>) {
    if let Some(name) = element(name) {
        match value.as_array() {
            Some(items) => {
                for (index, item) in items.iter().enumerate() {
                    check(name, item, &format!("{place}[{index}]"), faults);
                }
            }
            None => faults.push(format!("{place}: not an array")),
        }
        return;
    }
    match SCHEMA.types.get(name) {
        Some(Shape::OneOf(members)) => {
            let member = value.as_object().and_then(|object| SCHEMA.member(members, object));
            match member {
                Some(member) => check(member, value, place, faults),
                None => faults.push(format!("{place}: none of {}", members.join(", "))),
            }
        }
        Some(Shape::Fields(fields)) => {
            let Some(object) = value.as_object() else {
                faults.push(format!("{place}: not an object"));
                return;
            };
            for (key, field) in fields {
                match object.get(key) {
                    Some(inner) => either(&field.types, inner, &format!("{place}.{key}"), faults),
                    None if field.required => faults.push(format!("{place}.{key}: missing")),
                    None => {}
                }
            }
            let unknown = object.keys().filter(|key| !fields.contains_key(*key));
            faults.extend(unknown.map(|key| format!("{place}.{key}: not in the Bot API")));
        }
        None if !is_scalar(name, value) => faults.push(format!("{place}: not {name}: {value}")),
        None => {}
    }
}

fn either(names: &[String], value: &Value, place: &str, faults: &mut Vec<String>) {
    let mut first = None;
    for name in names {
        let mut found = Vec::new();
        check(name, value, place, &mut found);
        if found.is_empty() {
            return;
        }
        first.get_or_insert(found);
    }
    faults.extend(first.into_iter().flatten());
}

fn is_scalar(name: &str, value: &Value) -> bool {
    match name {
        "Integer" => value.is_i64(),
        "Float" => value.is_number(),
        "Boolean" => value.is_boolean(),
        "True" => value == true,
        "String" => value.is_string(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::faults_of;

    #[test]
    fn a_planted_fault_is_found() {
        let good = json!({"id": 1, "is_bot": false, "first_name": "Ana"});
        assert_eq!(faults_of("User", &good), Vec::<String>::new());
        let bad = json!({"id": "1", "is_bot": false, "nick": "Ana"});
        assert_eq!(
            faults_of("User", &bad),
            [
                "User.first_name: missing",
                "User.id: not Integer: \"1\"",
                "User.nick: not in the Bot API"
            ]
        );
    }
}
