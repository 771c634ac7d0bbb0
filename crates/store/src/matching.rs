//! Questions that people put together themselves: tests of columns and attributes, joined by AND and OR.
//!
//! What is asked about is an expression of ours; everything that came from outside is a parameter.

use std::borrow::Cow;

use crate::Param;

/// One test.
#[derive(Debug, Clone, PartialEq)]
pub struct Test<S> {
    pub subject: S,
    pub operator: Operator,
    /// What it is compared with; of several one is enough.
    pub values: Vec<Operand>,
    /// How it is joined to the one before it.
    pub joined: Joined,
}

/// How two tests are joined; AND binds closer, as in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joined {
    #[default]
    And,
    Or,
}

/// How values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Contains,
    NotContains,
    Present,
    Absent,
    Greater,
    Less,
    StartsWith,
}

/// A value to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    Int(i64),
    Text(String),
}

/// What a test is about, in SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// An expression that may be null.
    Value(String),
    /// A condition around a comparison: `before`, the expression, and `after`. True when any row matches.
    Any { before: String, value: String, after: String },
}

/// A statement's conditions under construction; the first values are the caller's.
#[derive(Debug)]
pub(crate) struct Conditions {
    pub(crate) values: Vec<Param<'static>>,
    given: usize,
    text: String,
}

impl Conditions {
    /// Behind so many placeholders of the statement itself.
    pub(crate) fn after(given: usize) -> Self {
        Self { values: Vec::new(), given, text: String::new() }
    }

    /// Adds a value; answers its placeholder.
    pub(crate) fn value(&mut self, value: Param<'static>) -> String {
        self.values.push(value);
        format!("${}", self.values.len() + self.given)
    }

    /// Adds a test.
    pub(crate) fn test<S>(&mut self, test: &Test<S>, column: &Column) {
        let condition = self.condition(test, column);
        if !self.text.is_empty() {
            self.text.push_str(match test.joined {
                Joined::And => " AND ",
                Joined::Or => " OR ",
            });
        }
        self.text.push_str(&condition);
    }

    /// All conditions as one; true when there are none.
    pub(crate) fn text(&self) -> String {
        if self.text.is_empty() { "TRUE".to_owned() } else { format!("({})", self.text) }
    }

    fn condition<S>(&mut self, test: &Test<S>, column: &Column) -> String {
        let is_negative =
            matches!(test.operator, Operator::NotEqual | Operator::NotContains | Operator::Absent);
        match column {
            Column::Value(value) => {
                let compared = self.positive(value, test);
                // What is not known is different from everything.
                if is_negative { format!("NOT coalesce({compared}, FALSE)") } else { compared }
            }
            Column::Any { before, value, after } => {
                let not = if is_negative { "NOT " } else { "" };
                let compared = self.positive(value, test);
                format!("{not}{before}{compared}{after}")
            }
        }
    }

    fn positive<S>(&mut self, value: &str, test: &Test<S>) -> String {
        let one = |conditions: &mut Self, operand: &Operand| match test.operator {
            Operator::Equal | Operator::NotEqual => {
                format!("{value} = {}", conditions.operand(operand))
            }
            Operator::Greater => format!("{value} > {}", conditions.operand(operand)),
            Operator::Less => format!("{value} < {}", conditions.operand(operand)),
            Operator::Contains | Operator::NotContains => conditions.like(value, "%", operand),
            Operator::StartsWith => conditions.like(value, "", operand),
            Operator::Present | Operator::Absent => String::new(),
        };
        if matches!(test.operator, Operator::Present | Operator::Absent) {
            return format!("({value} IS NOT NULL)");
        }
        let each: Vec<String> = test.values.iter().map(|operand| one(self, operand)).collect();
        if each.is_empty() { "FALSE".to_owned() } else { format!("({})", each.join(" OR ")) }
    }

    fn operand(&mut self, operand: &Operand) -> String {
        match operand {
            Operand::Int(number) => {
                let placeholder = self.value(Param::Int(*number));
                format!("CAST({placeholder} AS BIGINT)")
            }
            Operand::Text(text) => {
                let placeholder = self.value(Param::Text(Cow::Owned(text.clone())));
                format!("CAST({placeholder} AS TEXT)")
            }
        }
    }

    /// Case counts for nothing; what means something in a pattern is itself.
    fn like(&mut self, value: &str, before: &str, operand: &Operand) -> String {
        let text = match operand {
            Operand::Int(number) => number.to_string(),
            Operand::Text(text) => text.to_lowercase(),
        };
        let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = self.value(Param::Text(Cow::Owned(format!("{before}{plain}%"))));
        format!("lower(CAST({value} AS TEXT)) LIKE CAST({pattern} AS TEXT) ESCAPE '\\'")
    }
}

/// An attribute of a JSON column as text; null when it is not there. The name is a placeholder.
pub(crate) fn attribute(column: &str, name: &str) -> String {
    // `->` gives JSON on both engines, so that flags and numbers read alike.
    format!("trim(CAST({column} -> CAST({name} AS TEXT) AS TEXT), '\"')")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(operator: Operator, values: &[&str], joined: Joined) -> Test<()> {
        let values = values.iter().map(|text| Operand::Text((*text).to_owned())).collect();
        Test { subject: (), operator, values, joined }
    }

    #[test]
    fn tests_become_conditions_with_every_value_a_parameter() {
        let mut conditions = Conditions::after(2);
        let column = Column::Value("c.status".to_owned());
        conditions.test(&test(Operator::Equal, &["a", "b' OR 1=1"], Joined::And), &column);
        conditions.test(&test(Operator::NotContains, &["50%_"], Joined::Or), &column);
        conditions.test(&test(Operator::Present, &[], Joined::And), &column);
        assert_eq!(
            conditions.text(),
            "((c.status = CAST($3 AS TEXT) OR c.status = CAST($4 AS TEXT)) OR \
             NOT coalesce((lower(CAST(c.status AS TEXT)) LIKE CAST($5 AS TEXT) ESCAPE '\\'), FALSE) \
             AND (c.status IS NOT NULL))"
        );
        assert_eq!(conditions.values[2], Param::Text("%50\\%\\_%".into()));
        assert_eq!(Conditions::after(0).text(), "TRUE");
    }
}
