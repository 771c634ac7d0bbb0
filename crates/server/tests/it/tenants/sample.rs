//! The smallest value of a schema: well-formed, so that a refusal is about rights and not about form.

use serde_json::{Map, Value, json};

pub(super) fn sample(document: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return sample(document, &document["components"]["schemas"][name]);
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    for choice in ["oneOf", "anyOf"] {
        let choices = schema[choice].as_array();
        let real = choices.and_then(|all| all.iter().find(|one| one["type"] != "null"));
        if let Some(real) = real {
            return sample(document, real);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in parts {
            whole.extend(sample(document, part).as_object().cloned().unwrap_or_default());
        }
        return whole.into();
    }
    match kind(schema) {
        "object" => object(document, schema),
        "array" => json!([]),
        // An id that nobody has: rights to the thing in the path are what is asked about.
        "integer" => json!(999_999),
        "number" => json!(1.0),
        "boolean" => json!(true),
        "string" if schema["format"] == "date-time" => json!("2030-01-01T00:00:00Z"),
        "string" => json!("x"),
        _ => json!({}),
    }
}

fn kind(schema: &Value) -> &str {
    let types = schema["type"].as_array().map_or_else(Vec::new, Vec::clone);
    let named = types.iter().filter_map(Value::as_str).find(|name| *name != "null");
    match named {
        Some("object") => "object",
        Some("array") => "array",
        Some("integer") => "integer",
        Some("number") => "number",
        Some("boolean") => "boolean",
        Some(_) => "string",
        None => schema["type"].as_str().unwrap_or_default(),
    }
}

fn object(document: &Value, schema: &Value) -> Value {
    let required = schema["required"].as_array().map_or_else(Vec::new, Vec::clone);
    let required = required.iter().filter_map(Value::as_str);
    let fields =
        required.map(|name| (name.to_owned(), sample(document, &schema["properties"][name])));
    fields.collect::<Map<_, _>>().into()
}
