//! Parts of the path. One that is no number names nothing, as in Chatwoot: `404`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Refusal;
use crate::app::App;

/// The thing that a path names.
#[derive(Deserialize)]
pub(super) struct One {
    pub(super) id: i64,
}

/// The variable parts of a path, by their names.
pub(super) struct Path<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, app).await;
        read.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Refusal::not_found())
    }
}
