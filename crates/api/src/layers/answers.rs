//! Writes problems as bodies, and counts and times every answer by its route.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::extract::RequestId;
use crate::problem::Problem;

pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let method = request.method().as_str().to_owned();
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let path = path.unwrap_or_else(|| "other".to_owned());
    let began = app.engine.clock.now();
    let mut response = next.run(request).await;
    let took = app.engine.clock.now().since(began);
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        // Headers that the handler or the router has set (`Allow`) stay.
        let mut headers = std::mem::take(response.headers_mut());
        headers.remove(axum::http::header::CONTENT_LENGTH);
        let rendered = problem.render(&id);
        headers.extend(rendered.headers().clone());
        response = rendered;
        *response.headers_mut() = headers;
    }
    let status = response.status().as_u16();
    tracing::debug!(method, path, status, took_us = took.as_micros(), "answered");
    metrics::counter!("http_requests_total", "method" => method.clone(), "path" => path.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!("http_request_duration_seconds", "method" => method, "path" => path)
        .record(took.as_secs_f64());
    response
}
