//! Names of form fields with brackets: `a[b]` is a member, `a[]` an entry of a list.

use serde_json::{Map, Value};

use super::Refusal;

/// Deepest nesting of a name.
const DEPTH_MAX: usize = 16;

/// Puts a value where its name says. A plain name that comes again makes a list: some clients leave
/// the brackets out.
pub(super) fn put(form: &mut Map<String, Value>, name: &str, value: Value) -> Result<(), Refusal> {
    if name.contains('\0') || value.as_str().is_some_and(|text| text.contains('\0')) {
        let place = name.replace('\0', "");
        return Err(Refusal::wrong(&place, "must not contain the character U+0000"));
    }
    let (root, parts) = split(name)?;
    if parts.is_empty() {
        match form.get_mut(root) {
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => drop(form.insert(root.to_owned(), value)),
        }
        return Ok(());
    }
    descend(form.entry(root.to_owned()).or_insert(Value::Null), &parts, value);
    Ok(())
}

/// The name before the first bracket, and what is in the brackets.
fn split(name: &str) -> Result<(&str, Vec<&str>), Refusal> {
    let Some((root, rest)) = name.split_once('[').filter(|(root, _)| !root.is_empty()) else {
        return Ok((name, Vec::new()));
    };
    let Some(rest) = rest.strip_suffix(']') else { return Ok((name, Vec::new())) };
    let parts: Vec<&str> = rest.split("][").collect();
    if parts.len() > DEPTH_MAX {
        return Err(Refusal::wrong(root, &format!("is nested deeper than {DEPTH_MAX} levels")));
    }
    Ok((root, parts))
}

fn descend(place: &mut Value, parts: &[&str], value: Value) {
    let Some((first, rest)) = parts.split_first() else {
        *place = value;
        return;
    };
    if first.is_empty() {
        descend_into_list(place, rest, value);
        return;
    }
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    if let Value::Object(members) = place {
        descend(members.entry((*first).to_owned()).or_insert(Value::Null), rest, value);
    }
}

/// Entries that have members follow each other without a number: a member that the last one has
/// already begins the next one.
fn descend_into_list(place: &mut Value, rest: &[&str], value: Value) {
    if !place.is_array() {
        *place = Value::Array(Vec::new());
    }
    let Value::Array(list) = place else { return };
    let continues = match (list.last(), rest.split_first()) {
        (Some(Value::Object(last)), Some((member, deeper))) => {
            deeper.first().is_some_and(|part| part.is_empty()) || !last.contains_key(*member)
        }
        _ => false,
    };
    if !continues {
        list.push(Value::Null);
    }
    if let Some(last) = list.last_mut() {
        descend(last, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &Value) {
        let mut form = Map::new();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            put(&mut form, &name, value.into_owned().into()).unwrap();
        }
        assert_eq!(&Value::Object(form), expected, "{text}");
    }

    #[test]
    fn names_are_read_as_rails_reads_them() {
        check("a=1&b=2", &json!({"a": "1", "b": "2"}));
        check("a=1&a=2&a=3", &json!({"a": ["1", "2", "3"]}));
        check("a[]=1&a[]=2", &json!({"a": ["1", "2"]}));
        check("a[]=1", &json!({"a": ["1"]}));
        check("a[b]=1&a[c][d]=2", &json!({"a": {"b": "1", "c": {"d": "2"}}}));
        check(
            "p[][k]=a&p[][v][]=1&p[][v][]=2&p[][k]=b&p[][v][]=3",
            &json!({"p": [{"k": "a", "v": ["1", "2"]}, {"k": "b", "v": ["3"]}]}),
        );
        check("a[=1&[b]=2&c]=3", &json!({"a[": "1", "[b]": "2", "c]": "3"}));
    }

    #[test]
    fn depth_and_nul_are_refused() {
        let mut form = Map::new();
        let deep = format!("a{}", "[b]".repeat(17));
        assert!(put(&mut form, &deep, "1".into()).is_err());
        assert!(put(&mut form, "a", "x\0".into()).is_err());
        assert!(put(&mut form, "a\0", "x".into()).is_err());
    }
}
