//! Lists: `?limit=` and `?cursor=` in, `{items, next_cursor}` out.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::query;
use crate::app::App;
use crate::cursor;
use crate::problem::Problem;

/// Most items of a page.
const LIMIT_MAX: i64 = 100;
const LIMIT_DEFAULT: i64 = 25;

/// A page that is asked for, and the filter that goes with it. The filter denies unknown fields.
pub(crate) struct Listing<T> {
    pub(crate) page: Page,
    pub(crate) filter: T,
}

/// Where a page begins and how long it is.
pub(crate) struct Page {
    /// Most items to answer.
    pub(crate) limit: i64,
    /// As the client sent it.
    pub(crate) cursor: Option<String>,
    /// The query without its page: what a cursor belongs to.
    bound: String,
}

/// For lists without a filter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoFilter {}

/// The parameters of every list, for the OpenAPI document.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters; `Page` reads them")]
pub(crate) struct PageParams {
    /// Most items to answer.
    #[param(minimum = 1, maximum = 100, default = 25)]
    limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filters.
    cursor: Option<String>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    pub(crate) items: Vec<T>,
    /// Absent means that this was the last page.
    pub(crate) next_cursor: Option<String>,
}

impl<T: DeserializeOwned> FromRequestParts<App> for Listing<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let (own, others): (Vec<_>, Vec<_>) = query::pairs(parts)
            .into_iter()
            .partition(|(name, _)| name == "limit" || name == "cursor");
        let (mut limit, mut cursor) = (LIMIT_DEFAULT, None);
        for (name, value) in own {
            if name == "limit" {
                limit = read_limit(&value)?;
            } else {
                cursor = Some(value);
            }
        }
        let filter = query::read(&others)?;
        let bound = format!("{} {others:?}", parts.uri.path());
        Ok(Self { page: Page { limit, cursor, bound }, filter })
    }
}

impl Page {
    /// The place after which the page begins; the type is the list's sort key.
    pub(crate) fn after<K: DeserializeOwned>(&self) -> Result<Option<K>, Problem> {
        self.cursor.as_deref().map(|text| cursor::decode(&self.bound, text)).transpose()
    }

    /// How many rows to read: one more than asked for shows whether there is a next page.
    pub(crate) fn rows(&self) -> i64 {
        self.limit + 1
    }

    /// The answer: cuts the extra row off and makes the cursor from the last item that stays.
    pub(crate) fn answer<T, K: Serialize>(
        &self,
        mut items: Vec<T>,
        key: impl Fn(&T) -> K,
    ) -> Result<List<T>, Problem> {
        let limit = usize::try_from(self.limit).unwrap_or(0);
        let more = items.len() > limit;
        items.truncate(limit);
        let last = if more { items.last() } else { None };
        let next_cursor = last.map(|item| cursor::encode(&self.bound, &key(item))).transpose()?;
        Ok(List { items, next_cursor })
    }
}

impl<T> List<T> {
    /// The same page with its items shown in another way.
    pub(crate) fn map<U>(self, show: impl FnMut(T) -> U) -> List<U> {
        let items = self.items.into_iter().map(show).collect();
        List { items, next_cursor: self.next_cursor }
    }
}

impl<T: Serialize> IntoResponse for List<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

fn read_limit(value: &str) -> Result<i64, Problem> {
    match value.parse() {
        Ok(limit @ 1..=LIMIT_MAX) => Ok(limit),
        Ok(_) | Err(_) => {
            let detail = format!("The limit is a number from 1 to {LIMIT_MAX}.");
            Err(Problem::invalid("invalid", "?limit", detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_017_limits_have_a_range() {
        assert_eq!(read_limit("100").unwrap(), 100);
        for bad in ["-1", "0", "101", "1000000000", "99999999999999999999", "ten", ""] {
            assert_eq!(read_limit(bad).unwrap_err().code(), "invalid");
        }
    }

    #[test]
    fn the_extra_row_becomes_the_cursor() {
        let page = Page { limit: 2, cursor: None, bound: "/x".to_owned() };
        assert_eq!(page.answer(vec![1, 2], |n| *n).unwrap().next_cursor, None);
        let list = page.answer(vec![1, 2, 3], |n| *n).unwrap();
        assert_eq!(list.items, [1, 2]);
        let next = Page { cursor: list.next_cursor, ..page };
        assert_eq!(next.after::<i64>().unwrap(), Some(2));
        let other = Page { bound: "/y".to_owned(), ..next };
        assert!(other.after::<i64>().is_err());
    }
}
