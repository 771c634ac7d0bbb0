//! All routes in one router, with what happens around them.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceExt;

use crate::app::App;
use crate::compat::chatwoot;
use crate::problem::Problem;
use crate::{docs, idempotency, layers, openapi, widget};

/// Paths below these are the API's: what is not there is a problem, not a page.
const API_PREFIXES: &[&str] = &["/v1/", "/widget/v1/", "/hooks/", "/files/"];

/// The whole server: the API, and `pages` (console and widget) for every other path.
pub fn router(app: App, pages: Router) -> Router {
    let (routes, document) = openapi::routes().split_for_parts();
    let document = openapi::text(&document);
    let for_chatwoot = app.clone();
    let fallback = move |request: Request| async move {
        if chatwoot::owns(request.uri().path()) {
            return chatwoot::fallback(for_chatwoot, request).await;
        }
        if API_PREFIXES.iter().any(|prefix| request.uri().path().starts_with(prefix)) {
            return Problem::not_found("address").into_response();
        }
        match pages.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    };
    let app_layers = tower::ServiceBuilder::new()
        .layer(from_fn_with_state(app.clone(), layers::request_id))
        .layer(from_fn(layers::headers))
        .layer(from_fn_with_state(app.clone(), layers::answers))
        .layer(from_fn(chatwoot::refusals))
        .layer(from_fn(widget::cors))
        .layer(from_fn(layers::panics))
        .layer(from_fn(layers::conditions))
        .layer(from_fn_with_state(app.clone(), layers::patience))
        .layer(from_fn_with_state(app.clone(), idempotency::layer))
        // Bodies are bounded by the extractors, each by its own limit.
        .layer(DefaultBodyLimit::disable());
    routes
        .route("/openapi.json", get(move || async move { openapi::answer(document) }))
        .merge(docs::routes())
        .method_not_allowed_fallback(method_not_allowed)
        .merge(chatwoot::routes())
        .fallback(fallback)
        .layer(app_layers)
        .with_state(app)
}

async fn method_not_allowed() -> Response {
    let detail = "This address does not know the method; Allow has those that it knows.";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail).into_response()
}
