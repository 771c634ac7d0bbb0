//! Reads the parameters of a request by the description: types are checked at every depth, and what
//! came as text (forms, JSON inside a form) becomes what it stands for.

use serde_json::{Map, Value};

use super::{Field, Method, SCHEMA, Shape, element};

/// What is wrong with a request, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// A parameter that must be there is not.
    Missing(String),
    /// A parameter or field that the Bot API does not have.
    Unknown(String),
    /// Something else than the type that is asked for.
    Wrong { place: String, expected: String },
}

/// The parameters as they are meant, and everything that is wrong with them.
pub(crate) fn read(
    method: &Method,
    raw: &Map<String, Value>,
) -> (Map<String, Value>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut read = Map::new();
    for (name, value) in raw {
        let Some(field) = method.fields.get(name) else {
            problems.push(Problem::Unknown(name.clone()));
            continue;
        };
        // An empty parameter of a form is one that was left out, except where empty text means something.
        if value == "" && field.types.iter().all(|name| name != "String") {
            continue;
        }
        if !value.is_null() {
            read.insert(name.clone(), convert(field, value.clone(), name, true, &mut problems));
        }
    }
    for (name, field) in &method.fields {
        if field.required && !read.contains_key(name) {
            problems.push(Problem::Missing(name.clone()));
        }
    }
    (read, problems)
}

/// `from_text` is true for a parameter itself, which may come as text; what is inside JSON may not.
fn convert(
    field: &Field,
    value: Value,
    place: &str,
    from_text: bool,
    problems: &mut Vec<Problem>,
) -> Value {
    let expected = || field.types.join(" or ");
    let scalar = field.types.iter().find_map(|name| scalar(name, &value, from_text));
    if let Some(value) = scalar {
        if field.constant.as_ref().is_some_and(|constant| value != constant.as_str()) {
            problems.push(Problem::Wrong { place: place.to_owned(), expected: expected() });
        }
        return value;
    }
    let value = match &value {
        Value::String(text) if from_text => serde_json::from_str(text).unwrap_or(value),
        _ => value,
    };
    match value {
        Value::Array(items) => {
            let names: Vec<String> =
                field.types.iter().filter_map(|name| element(name)).map(str::to_owned).collect();
            if names.is_empty() {
                problems.push(Problem::Wrong { place: place.to_owned(), expected: expected() });
                return Value::Array(items);
            }
            let inner = Field { types: names, constant: None, required: true };
            let items = items.into_iter().enumerate().map(|(index, item)| {
                convert(&inner, item, &format!("{place}[{index}]"), false, problems)
            });
            Value::Array(items.collect())
        }
        Value::Object(object) => match composite(&field.types, &object) {
            Some(name) => Value::Object(fields(name, object, place, problems)),
            None => {
                problems.push(Problem::Wrong { place: place.to_owned(), expected: expected() });
                Value::Object(object)
            }
        },
        value => {
            problems.push(Problem::Wrong { place: place.to_owned(), expected: expected() });
            value
        }
    }
}

fn fields(
    name: &str,
    object: Map<String, Value>,
    place: &str,
    problems: &mut Vec<Problem>,
) -> Map<String, Value> {
    let Some(Shape::Fields(known)) = SCHEMA.types.get(name) else { return object };
    for (key, field) in known {
        if field.required && !object.contains_key(key) {
            problems.push(Problem::Missing(format!("{place}.{key}")));
        }
    }
    let mut read = Map::new();
    for (key, value) in object {
        let inner = format!("{place}.{key}");
        match known.get(&key) {
            Some(_) if value.is_null() => {}
            Some(field) => {
                let value = convert(field, value, &inner, false, problems);
                read.insert(key, value);
            }
            None => problems.push(Problem::Unknown(inner)),
        }
    }
    read
}

/// The object type that is meant where several are possible.
fn composite<'a>(types: &'a [String], object: &Map<String, Value>) -> Option<&'a str> {
    let mut names: Vec<&'a String> = Vec::new();
    for name in types {
        match SCHEMA.types.get(name) {
            Some(Shape::OneOf(members)) => {
                if let Some(member) = SCHEMA.member(members, object) {
                    return SCHEMA.types.get_key_value(member).map(|(name, _)| name.as_str());
                }
            }
            Some(Shape::Fields(_)) => names.push(name),
            None => {}
        }
    }
    if let [only] = names.as_slice() {
        return Some(only);
    }
    let names: Vec<String> = names.into_iter().cloned().collect();
    let member = SCHEMA.member(&names, object)?;
    types.iter().find(|name| *name == member).map(String::as_str)
}

fn scalar(name: &str, value: &Value, from_text: bool) -> Option<Value> {
    match (name, value) {
        ("Integer", Value::Number(number)) if number.is_i64() => Some(value.clone()),
        ("Integer", Value::String(text)) if from_text => Some(text.parse::<i64>().ok()?.into()),
        ("Float", Value::Number(_)) | ("String" | "InputFile", Value::String(_)) => {
            Some(value.clone())
        }
        ("Float", Value::String(text)) if from_text => Some(text.parse::<f64>().ok()?.into()),
        ("Boolean", Value::Bool(_)) => Some(value.clone()),
        ("Boolean", Value::String(text)) if from_text => match text.to_lowercase().as_str() {
            "true" | "yes" | "1" => Some(true.into()),
            "false" | "no" | "0" => Some(false.into()),
            _ => None,
        },
        // The members of a keyboard's row may be plain text.
        ("KeyboardButton", Value::String(_)) => Some(value.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::SCHEMA;
    use super::{Problem, read};

    #[track_caller]
    fn check(method: &str, raw: Value, expected: &[Problem]) {
        let (_, method) = SCHEMA.method(method).unwrap();
        let (_, problems) = read(method, raw.as_object().unwrap());
        assert_eq!(problems, expected);
    }

    fn wrong(place: &str, expected: &str) -> Problem {
        Problem::Wrong { place: place.to_owned(), expected: expected.to_owned() }
    }

    #[test]
    fn parameters_are_checked_at_every_depth() {
        let missing = |place: &str| Problem::Missing(place.to_owned());
        let unknown = |place: &str| Problem::Unknown(place.to_owned());
        let button = |button: Value| {
            let keyboard = json!({"inline_keyboard": [[button]]});
            json!({"chat_id": 1, "text": "a", "reply_markup": keyboard})
        };
        check("sendMessage", json!({"chat_id": 1, "text": "a"}), &[]);
        check("sendMessage", json!({"chat_id": "1", "text": "a"}), &[]);
        check("sendMessage", json!({"chat_id": 1}), &[missing("text")]);
        check("sendMessage", json!({"chat_id": 1, "text": "a", "tekst": 1}), &[unknown("tekst")]);
        check("sendMessage", json!({"chat_id": 1, "text": 5}), &[wrong("text", "String")]);
        check("sendMessage", button(json!({"text": "Yes", "callback_data": "y"})), &[]);
        check(
            "sendMessage",
            button(json!({"text": "Yes", "data": "y"})),
            &[unknown("reply_markup.inline_keyboard[0][0].data")],
        );
        check(
            "sendMessage",
            button(json!({"callback_data": "y"})),
            &[missing("reply_markup.inline_keyboard[0][0].text")],
        );
        check(
            "setMessageReaction",
            json!({"chat_id": 1, "message_id": 1, "reaction": [{"type": "emoji", "emoji": 3}]}),
            &[wrong("reaction[0].emoji", "String")],
        );
    }

    #[test]
    fn what_came_as_text_becomes_what_it_stands_for() {
        let (_, method) = SCHEMA.method("sendMessage").unwrap();
        let raw = json!({
            "chat_id": "-9007199254740995", "text": "7", "protect_content": "True",
            "entities": "[{\"type\":\"bold\",\"offset\":0,\"length\":1}]",
        });
        let (read, problems) = read(method, raw.as_object().unwrap());
        assert_eq!(problems, []);
        assert_eq!(read["chat_id"], -9_007_199_254_740_995_i64);
        assert_eq!(read["text"], "7");
        assert_eq!(read["protect_content"], true);
        assert_eq!(read["entities"][0]["type"], "bold");
    }
}
