//! Conditions that cannot be met are refused: a write that should only happen to a certain version must
//! not happen to any, and things here have no versions.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

pub(crate) async fn layer(request: Request, next: Next) -> Response {
    let headers = request.headers();
    // `*` only asks that the thing is there, which every handler looks at anyway.
    let names_a_version = headers.get(header::IF_MATCH).is_some_and(|value| value != "*")
        || headers.contains_key(header::IF_UNMODIFIED_SINCE);
    if request.method().is_safe() || !names_a_version {
        return next.run(request).await;
    }
    let detail =
        "Things here have no versions, so the condition cannot be met; nothing was changed.";
    Problem::new(StatusCode::PRECONDITION_FAILED, "version_conflict", detail)
        .hint("Leave If-Match out: the last write wins. For messages there is `expected_seq`.")
        .into_response()
}
