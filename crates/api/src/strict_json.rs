//! JSON as we accept it: one document, no duplicate keys, bounded depth, no text that cannot be stored.
//!
//! Every refusal names its place: a byte offset where the text is not JSON, a JSON pointer otherwise.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::problem::Problem;

/// Deepest nesting of arrays and objects.
const DEPTH_MAX: usize = 64;
/// Furthest edit distance of a name that is still worth suggesting.
const SUGGESTION_DISTANCE_MAX: usize = 3;

/// Reads a document into a request type.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    typed(parse(bytes)?)
}

/// Reads a document.
fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    if let Err(error) = std::str::from_utf8(bytes) {
        let detail = format!("The body is not UTF-8 at byte {}.", error.valid_up_to());
        return Err(
            Problem::bad_request("invalid_text", detail).with("offset", error.valid_up_to())
        );
    }
    let state = RefCell::new(State::default());
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let parsed = Place { state: &state }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        let state = state.into_inner();
        state.refusal.unwrap_or_else(|| not_json(bytes, &error, &state.path))
    })
}

/// Turns a document into a request type.
fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let pointer = pointer_of(error.path());
        mismatch(&pointer, &error.into_inner().to_string())
    })
}

/// A refusal of a value that serde describes in words.
fn mismatch(pointer: &str, message: &str) -> Problem {
    let Some(unknown) = UnknownField::find(message) else {
        let code = if message.starts_with("missing field") { "invalid" } else { "type_mismatch" };
        return Problem::invalid(code, pointer, sentence(message));
    };
    // The path ends with the unknown field itself, or with its parent.
    let own = format!("/{}", escape(&unknown.name));
    let parent = pointer.strip_suffix(&own).unwrap_or(pointer);
    unknown.refusal(&format!("{parent}{own}"))
}

/// A name that a request type does not have, with what to do about it.
pub(crate) struct UnknownField {
    pub(crate) name: String,
    hint: Option<String>,
}

impl UnknownField {
    /// Reads serde's sentence about it, if that is what the message is.
    pub(crate) fn find(message: &str) -> Option<Self> {
        let mut names = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
        let name = names.next()?.to_owned();
        let known: Vec<String> = names.map(str::to_owned).collect();
        let hint = match nearest(&name, &known) {
            Some(other) => Some(format!("Did you mean `{other}`?")),
            None if known.is_empty() => None,
            None => Some(format!("Known names: {}.", known.join(", "))),
        };
        Some(Self { name, hint })
    }

    /// The refusal, at its place.
    pub(crate) fn refusal(self, pointer: &str) -> Problem {
        let detail = format!("There is no `{}` here.", self.name);
        let problem = Problem::invalid("unknown_field", pointer, detail);
        match self.hint {
            Some(hint) => problem.hint(&hint),
            None => problem,
        }
    }
}

/// Where the reader is, and what it refused.
#[derive(Default)]
struct State {
    path: Vec<String>,
    refusal: Option<Problem>,
}

/// Reads one value at the present place.
#[derive(Clone, Copy)]
struct Place<'s> {
    state: &'s RefCell<State>,
}

impl Place<'_> {
    fn refuse<E: serde::de::Error>(self, problem: Problem) -> E {
        self.state.borrow_mut().refusal = Some(problem);
        E::custom("refused")
    }

    fn pointer(self) -> String {
        pointer(&self.state.borrow().path)
    }

    fn enter<E: serde::de::Error>(self, name: String) -> Result<(), E> {
        let depth = {
            let mut state = self.state.borrow_mut();
            state.path.push(name);
            state.path.len()
        };
        if depth > DEPTH_MAX {
            let detail = format!("The body is nested deeper than {DEPTH_MAX} levels.");
            return Err(self.refuse(Problem::bad_request("json_too_deep", detail)));
        }
        Ok(())
    }

    fn leave(self) {
        self.state.borrow_mut().path.pop();
    }

    fn text<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        if text.contains('\0') {
            let detail = "Text must not contain the character U+0000.";
            return Err(
                self.refuse(Problem::bad_request("invalid_text", detail).at(&self.pointer()))
            );
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        self.text(text)?;
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        self.enter("0".to_owned())?;
        while let Some(value) = items.next_element_seed(self)? {
            values.push(value);
            if let Some(last) = self.state.borrow_mut().path.last_mut() {
                *last = values.len().to_string();
            }
        }
        self.leave();
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.enter::<A::Error>(key.clone())?;
            self.text::<A::Error>(&key)?;
            if object.contains_key(&key) {
                let detail = format!("The key `{key}` is there twice.");
                let problem = Problem::bad_request("json_duplicate_key", detail);
                return Err(self.refuse(problem.at(&self.pointer())));
            }
            object.insert(key, entries.next_value_seed(self)?);
            self.leave();
        }
        Ok(object.into())
    }
}

/// The text is not JSON, or has a value that JSON can write but nobody can hold.
fn not_json(bytes: &[u8], error: &serde_json::Error, path: &[String]) -> Problem {
    let message = error.to_string();
    if message.starts_with("number out of range") {
        return Problem::invalid("type_mismatch", &pointer(path), "The number is out of range.");
    }
    if message.starts_with("recursion limit") {
        let detail = format!("The body is nested deeper than {DEPTH_MAX} levels.");
        return Problem::bad_request("json_too_deep", detail);
    }
    if message.contains("surrogate") || message.contains("hex escape") {
        let detail = "Text has half a surrogate pair, which is no character.";
        return Problem::bad_request("invalid_text", detail).at(&pointer(path));
    }
    let offset = offset_of(bytes, error.line(), error.column());
    Problem::bad_request("json_invalid", format!("The body is not JSON at byte {offset}."))
        .with("offset", offset)
        .hint(&sentence(message.split(" at line ").next().unwrap_or_default()))
}

/// The byte offset of a one-based line and column.
fn offset_of(bytes: &[u8], line: usize, column: usize) -> usize {
    let before: usize = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .take(line.saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    (before + column.saturating_sub(1)).min(bytes.len())
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|name| format!("/{}", escape(name))).collect()
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", escape(key)),
            // The variant of a tagged enum is no place in the text.
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

/// Escapes a name as RFC 6901 asks.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn nearest<'n>(name: &str, known: &'n [String]) -> Option<&'n str> {
    known
        .iter()
        .map(|other| (strsim::levenshtein(name, other), other.as_str()))
        .filter(|(distance, _)| *distance <= SUGGESTION_DISTANCE_MAX.min(name.len() / 2 + 1))
        .min()
        .map(|(_, other)| other)
}

/// A message of serde as a sentence.
pub(crate) fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        assignee: Option<i64>,
        #[serde(default)]
        list: Vec<i64>,
        #[serde(default)]
        any: Value,
    }

    #[track_caller]
    fn refused(text: &str, code: &str, place: &str) {
        let problem = read::<Sample>(text.as_bytes()).unwrap_err();
        let shown = format!("{problem:?}");
        assert_eq!(problem.code(), code, "{shown}");
        assert!(shown.contains(place), "{shown}");
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_offset() {
        refused("{\"assignee\": }", "json_invalid", "at byte 13");
        refused("{\"assignee\": 1} x", "json_invalid", "at byte 16");
        refused("{}{}", "json_invalid", "at byte 2");
        refused("{\n\n  nope}", "json_invalid", "at byte 5");
        refused("", "json_invalid", "at byte 0");
        refused("{\"assignee\": NaN}", "json_invalid", "at byte 13");
    }

    #[test]
    fn duplicate_keys_depth_and_text_are_refused_with_their_place() {
        refused(r#"{"assignee":1,"assignee":2}"#, "json_duplicate_key", "\"/assignee\"");
        refused(r#"{"any":{"a/b":[{"x":1,"x":1}]}}"#, "json_duplicate_key", "/any/a~1b/0/x");
        let deep = format!("{{\"any\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        refused(&deep, "json_too_deep", "64");
        refused(r#"{"any":"a\u0000b"}"#, "invalid_text", "\"/any\"");
        refused(r#"{"any":"\ud800"}"#, "invalid_text", "\"/any\"");
        refused(r#"{"any":"\ud800 x"}"#, "invalid_text", "\"/any\"");
    }

    #[test]
    fn wrong_types_and_unknown_fields_are_refused_with_their_place() {
        refused(r#"{"assignee":"12"}"#, "type_mismatch", "\"/assignee\"");
        refused(r#"{"assignee":9223372036854775808}"#, "type_mismatch", "\"/assignee\"");
        refused(r#"{"list":[1,2,1e400]}"#, "type_mismatch", "\"/list/2\"");
        refused(r#"{"list":[1,true]}"#, "type_mismatch", "\"/list/1\"");
        refused(r#"{"asignee":1}"#, "unknown_field", "Did you mean `assignee`?");
        refused(r#"{"is_admin":true}"#, "unknown_field", "\"/is_admin\"");
    }

    #[test]
    fn sixty_four_levels_are_fine() {
        let deep = format!("{{\"any\":{}{}}}", "[".repeat(62), "]".repeat(62));
        assert!(read::<Sample>(deep.as_bytes()).is_ok());
    }
}
