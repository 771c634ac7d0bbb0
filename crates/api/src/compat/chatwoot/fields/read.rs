//! Reading single fields, as lenient as Chatwoot about their type; what makes no sense names its place.

use serde_json::{Map, Value};
use tertulia_domain::Timestamp;

use super::{Fields, Refusal};

impl Fields {
    /// Whether the field is there at all, be it null.
    pub(in super::super) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The field as it came.
    pub(in super::super) fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// A text; a number or flag counts as its text. Of a list without brackets the last one counts.
    pub(in super::super) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let value = match value {
            Value::Array(list) => list.last().unwrap_or(&Value::Null),
            other => other,
        };
        scalar(value).ok_or_else(|| Refusal::wrong(name, "must be a text"))
    }

    /// A text that is not blank.
    pub(in super::super) fn filled(&self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.text(name)?.filter(|text| !text.trim().is_empty()))
    }

    /// A text that has to be there.
    pub(in super::super) fn required(&self, name: &str) -> Result<String, Refusal> {
        self.filled(name)?.ok_or_else(|| Refusal::wrong(name, "is missing"))
    }

    /// A whole number; blank is none.
    pub(in super::super) fn integer(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.filled(name)? else { return Ok(None) };
        let number = text.trim().parse().ok();
        number.map(Some).ok_or_else(|| Refusal::wrong(name, "must be a whole number"))
    }

    /// A flag; blank is none.
    pub(in super::super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        let Some(text) = self.filled(name)? else { return Ok(None) };
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "t" | "on" | "yes" => Ok(Some(true)),
            "false" | "0" | "f" | "off" | "no" => Ok(Some(false)),
            _ => Err(Refusal::wrong(name, "must be true or false")),
        }
    }

    /// A list of texts; a single text is a list of one.
    pub(in super::super) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let list = match value {
            Value::Array(list) => list.as_slice(),
            other => std::slice::from_ref(other),
        };
        let texts = list.iter().map(|value| {
            scalar(value).ok_or_else(|| Refusal::wrong(name, "must be a list of texts"))
        });
        let texts: Vec<Option<String>> = texts.collect::<Result<_, _>>()?;
        Ok(Some(texts.into_iter().flatten().filter(|text| !text.is_empty()).collect()))
    }

    /// A list of whole numbers; a single one is a list of one.
    pub(in super::super) fn integers(&self, name: &str) -> Result<Option<Vec<i64>>, Refusal> {
        let Some(texts) = self.texts(name)? else { return Ok(None) };
        let numbers = texts.iter().map(|text| {
            text.trim().parse().map_err(|_| Refusal::wrong(name, "must be a list of whole numbers"))
        });
        numbers.collect::<Result<_, _>>().map(Some)
    }

    /// An object, or the JSON text of one, as forms carry it.
    pub(in super::super) fn object(
        &self,
        name: &str,
    ) -> Result<Option<Map<String, Value>>, Refusal> {
        let wrong = || Refusal::wrong(name, "must be an object");
        match self.value(name) {
            None => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object.clone())),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => match crate::strict_json::read(text.as_bytes()) {
                Ok(Value::Object(object)) => Ok(Some(object)),
                Ok(Value::Null) => Ok(None),
                Ok(_) | Err(_) => Err(wrong()),
            },
            Some(_) => Err(wrong()),
        }
    }

    /// A moment: seconds since 1970, or RFC 3339.
    pub(in super::super) fn moment(&self, name: &str) -> Result<Option<Timestamp>, Refusal> {
        let Some(text) = self.filled(name)? else { return Ok(None) };
        let secs = text.trim().parse::<f64>().ok().filter(|secs| secs.abs() < SECS_MAX);
        if let Some(secs) = secs {
            #[expect(clippy::cast_possible_truncation, reason = "bounded by `SECS_MAX`")]
            return Ok(Some(Timestamp((secs * 1_000_000.0) as i64)));
        }
        let parsed = Timestamp::parse(text.trim());
        parsed.map(Some).map_err(|_| Refusal::wrong(name, "must be seconds since 1970 or RFC 3339"))
    }
}

/// The year 9999, far below what microseconds in 64 bits can hold.
const SECS_MAX: f64 = 253_402_300_800.0;

/// The text of a scalar; `Some(None)` for null.
fn scalar(value: &Value) -> Option<Option<String>> {
    match value {
        Value::Null => Some(None),
        Value::String(text) => Some(Some(text.clone())),
        Value::Number(number) => Some(Some(number.to_string())),
        Value::Bool(flag) => Some(Some(flag.to_string())),
        Value::Array(_) | Value::Object(_) => None,
    }
}
