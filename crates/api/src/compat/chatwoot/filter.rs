//! The `payload` of the filters of conversations and contacts: a list of conditions, each joined to the
//! next one.

use serde_json::{Map, Value};
use tertulia_domain::Timestamp;
use tertulia_store::matching::{Joined, Operand, Operator, Test};

use super::{Fields, Refusal};

/// Conditions of one filter.
const CLAUSES_MAX: usize = 30;
/// Values of one condition.
const VALUES_MAX: usize = 100;
const DAY_MICROS: i64 = 86_400_000_000;

/// One condition as it was written.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) key: String,
    operator: String,
    values: Vec<String>,
    joined: Joined,
}

/// What the values of a condition are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of a few words.
    Word,
    Text,
    Id,
    Moment,
    /// A date as text, which sorts as it should.
    Date,
}

/// Reads the conditions of a request.
pub(super) fn clauses(fields: &Fields) -> Result<Vec<Clause>, Refusal> {
    let list = match fields.value("payload") {
        Some(Value::Array(list)) => list.clone(),
        Some(Value::Object(numbered)) => numbered.values().cloned().collect(),
        _ => return Err(Refusal::wrong("payload", "must be a list of conditions")),
    };
    if list.len() > CLAUSES_MAX {
        return Err(Refusal::wrong("payload", &format!("has more than {CLAUSES_MAX} conditions")));
    }
    let mut clauses: Vec<Clause> = Vec::new();
    let mut joined = Joined::And;
    for value in &list {
        let Some(condition) = value.as_object() else {
            return Err(Refusal::wrong("payload", "has a condition that is no object"));
        };
        let clause = clause(condition, joined)?;
        joined = next(condition)?;
        clauses.push(clause);
    }
    Ok(clauses)
}

impl Clause {
    /// The condition as a test of what is stored.
    pub(super) fn test<S>(
        &self,
        subject: S,
        kind: Kind,
        now: Timestamp,
    ) -> Result<Test<S>, Refusal> {
        let operator = self.operator(kind)?;
        let values = self.values.iter().map(|value| self.operand(value, kind, now));
        let values: Vec<Operand> = values.collect::<Result<_, _>>()?;
        let needs_none = matches!(operator, Operator::Present | Operator::Absent);
        if values.is_empty() && !needs_none {
            return Err(Refusal::unprocessable(&format!(
                "Invalid value. The values provided for {} are invalid",
                self.key
            )));
        }
        Ok(Test { subject, operator, values, joined: self.joined })
    }

    /// Whether a condition of that word says nothing.
    pub(super) fn is_any(&self, word: &str) -> bool {
        self.values.iter().any(|value| value == word)
    }

    fn operator(&self, kind: Kind) -> Result<Operator, Refusal> {
        let allowed: &[&str] = match kind {
            Kind::Word => &["equal_to", "not_equal_to", "is_present", "is_not_present"],
            Kind::Text => &[
                "equal_to",
                "not_equal_to",
                "contains",
                "does_not_contain",
                "is_present",
                "is_not_present",
                "starts_with",
            ],
            Kind::Id => &[
                "equal_to",
                "not_equal_to",
                "contains",
                "does_not_contain",
                "is_present",
                "is_not_present",
            ],
            Kind::Moment => {
                &["is_greater_than", "is_less_than", "days_before", "is_present", "is_not_present"]
            }
            Kind::Date => &[
                "equal_to",
                "is_greater_than",
                "is_less_than",
                "days_before",
                "is_present",
                "is_not_present",
            ],
        };
        let refused = || {
            let (key, list) = (&self.key, allowed.join(","));
            let sentence =
                format!("Invalid operator. The allowed operators for {key} are [{list}].");
            Refusal::unprocessable(&sentence)
        };
        if !allowed.contains(&self.operator.as_str()) {
            return Err(refused());
        }
        match self.operator.as_str() {
            "equal_to" => Ok(Operator::Equal),
            "not_equal_to" => Ok(Operator::NotEqual),
            "contains" => Ok(Operator::Contains),
            "does_not_contain" => Ok(Operator::NotContains),
            "is_present" => Ok(Operator::Present),
            "is_not_present" => Ok(Operator::Absent),
            "starts_with" => Ok(Operator::StartsWith),
            "is_greater_than" => Ok(Operator::Greater),
            "is_less_than" | "days_before" => Ok(Operator::Less),
            _ => Err(refused()),
        }
    }

    fn operand(&self, value: &str, kind: Kind, now: Timestamp) -> Result<Operand, Refusal> {
        let invalid = || {
            let sentence =
                format!("Invalid value. The values provided for {} are invalid", self.key);
            Refusal::unprocessable(&sentence)
        };
        let is_days = self.operator == "days_before";
        let days_ago = || {
            let days = value.trim().parse::<i64>().ok().filter(|days| (0..100_000).contains(days));
            days.map(|days| Timestamp(now.0.saturating_sub(days.saturating_mul(DAY_MICROS))))
        };
        match kind {
            Kind::Word | Kind::Text => Ok(Operand::Text(value.to_owned())),
            Kind::Id => value.trim().parse().map(Operand::Int).map_err(|_| invalid()),
            Kind::Moment => {
                let at = if is_days { days_ago() } else { moment(value) };
                at.map(|at| Operand::Int(at.0)).ok_or_else(invalid)
            }
            Kind::Date if is_days => {
                let day = days_ago().ok_or_else(invalid)?.to_string();
                Ok(Operand::Text(day.chars().take(10).collect()))
            }
            Kind::Date => Ok(Operand::Text(value.to_owned())),
        }
    }
}

fn clause(condition: &Map<String, Value>, joined: Joined) -> Result<Clause, Refusal> {
    let word = |name: &str| {
        let text = condition.get(name).and_then(Value::as_str).unwrap_or_default();
        if text.is_empty() {
            return Err(Refusal::wrong(&format!("payload[{name}]"), "is missing"));
        }
        Ok(text.to_owned())
    };
    let values: Vec<String> = match condition.get("values") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().filter_map(text).collect(),
        Some(value) => text(value).into_iter().collect(),
    };
    if values.len() > VALUES_MAX {
        let detail = format!("has more than {VALUES_MAX} values");
        return Err(Refusal::wrong("payload[values]", &detail));
    }
    let (key, operator) = (word("attribute_key")?, word("filter_operator")?);
    Ok(Clause { key, operator, values, joined })
}

/// How the next condition is joined to this one.
fn next(condition: &Map<String, Value>) -> Result<Joined, Refusal> {
    match condition.get("query_operator").and_then(Value::as_str).unwrap_or_default() {
        word if word.eq_ignore_ascii_case("or") => Ok(Joined::Or),
        word if word.is_empty() || word.eq_ignore_ascii_case("and") => Ok(Joined::And),
        _ => {
            let sentence = "Query operator must be either \"AND\" or \"OR\".";
            Err(Refusal::unprocessable(sentence))
        }
    }
}

/// A value as text; the dashboard of Chatwoot sends `{id, name}` for some.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Object(choice) => choice.get("id").and_then(text),
        Value::Null | Value::Array(_) => None,
    }
}

/// A day or a moment.
fn moment(value: &str) -> Option<Timestamp> {
    let value = value.trim();
    let whole = if value.len() == 10 { format!("{value}T00:00:00Z") } else { value.to_owned() };
    Timestamp::parse(&whole).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(operator: &str, values: Value) -> Clause {
        let condition =
            json!({"attribute_key": "k", "filter_operator": operator, "values": values});
        clause(condition.as_object().unwrap(), Joined::And).unwrap()
    }

    #[test]
    fn operators_and_values_must_fit_what_they_are_about() {
        let now = Timestamp(100 * DAY_MICROS);
        let test = |clause: &Clause, kind| clause.test((), kind, now);
        let days = test(&one("days_before", json!(["7"])), Kind::Moment).unwrap();
        assert_eq!(days.values, [Operand::Int(93 * DAY_MICROS)]);
        let day = test(&one("is_greater_than", json!(["1970-01-03"])), Kind::Moment).unwrap();
        assert_eq!(day.values, [Operand::Int(2 * DAY_MICROS)]);
        let ids = test(&one("equal_to", json!([{"id": 3, "name": "x"}, "4"])), Kind::Id).unwrap();
        assert_eq!(ids.values, [Operand::Int(3), Operand::Int(4)]);
        for (clause, kind) in [
            (one("equal_to", json!(["x"])), Kind::Id),
            (one("equal_to", json!([])), Kind::Text),
            (one("contains", json!(["x"])), Kind::Word),
            (one("is_greater_than", json!(["soon"])), Kind::Moment),
            (one("days_before", json!(["-1"])), Kind::Moment),
            (one("like", json!(["x"])), Kind::Text),
        ] {
            assert!(test(&clause, kind).is_err(), "{clause:?}");
        }
    }
}
