//! Query parameters, read strictly.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::app::App;
use crate::problem::Problem;
use crate::strict_json::{UnknownField, sentence};

/// The query as a request type. The type denies unknown fields.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        read(&pairs(parts)).map(Query)
    }
}

/// The parameters in the order in which they came.
pub(super) fn pairs(parts: &Parts) -> Vec<(String, String)> {
    let query = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Reads parameters into a request type.
pub(super) fn read<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, Problem> {
    for (name, value) in pairs {
        if name.contains('\0') || value.contains('\0') {
            let detail = "A parameter must not contain the character U+0000.";
            return Err(Problem::bad_request("invalid_text", detail).at(&format!("?{name}")));
        }
    }
    let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let parameters = form_urlencoded::parse(text.as_bytes());
    let deserializer = serde_urlencoded::Deserializer::new(parameters);
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let place = format!("?{}", error.path());
        refusal(&place, &error.into_inner().to_string())
    })
}

fn refusal(place: &str, message: &str) -> Problem {
    if let Some(unknown) = UnknownField::find(message) {
        let place = format!("?{}", unknown.name);
        return unknown.refusal(&place);
    }
    Problem::invalid("invalid", place, sentence(message))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Filter {
        status: Option<i64>,
    }

    #[track_caller]
    fn refused(name: &str, value: &str, code: &str, place: &str) {
        let pairs = [(name.to_owned(), value.to_owned())];
        let problem = read::<Filter>(&pairs).unwrap_err();
        assert_eq!(problem.code(), code);
        assert!(format!("{problem:?}").contains(place), "{problem:?}");
    }

    #[test]
    fn parameters_are_read_strictly() {
        let pairs = [("status".to_owned(), "7".to_owned())];
        assert_eq!(read::<Filter>(&pairs).unwrap().status, Some(7));
        refused("status", "x", "invalid", "?status");
        refused("statsu", "7", "unknown_field", "Did you mean `status`?");
        refused("status", "7\0", "invalid_text", "?status");
    }
}
