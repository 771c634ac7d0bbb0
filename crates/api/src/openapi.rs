//! The OpenAPI 3.1 document, generated from the routes.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, ResponseBuilder};
use utoipa::{OpenApi as _, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Tertulia",
        description = "Conversations of customers, bots and people. Errors are RFC 9457 problems with a stable `code`.",
    ),
    components(schemas(ProblemBody))
)]
struct Described;

/// What every refusal looks like.
#[derive(ToSchema)]
#[schema(as = Problem)]
#[expect(dead_code, reason = "describes the body; `Problem::render` writes it")]
struct ProblemBody {
    r#type: String,
    title: String,
    status: u16,
    /// Stable; programs decide by it.
    code: String,
    /// A sentence for people.
    detail: String,
    /// The place: a JSON pointer into the body, or `?name` for a query parameter.
    pointer: Option<String>,
    /// What to do about it.
    hint: Option<String>,
    request_id: String,
}

/// The document, without a server around it.
#[must_use]
pub fn document() -> OpenApi {
    routes().split_for_parts().1
}

/// Every noun's routes, with the document that describes them.
pub(crate) fn routes() -> OpenApiRouter<App> {
    let mut router = OpenApiRouter::with_openapi(Described::openapi())
        .merge(crate::account::routes())
        .merge(crate::apps::routes())
        .merge(crate::attachments::routes())
        .merge(crate::attribute_definitions::routes())
        .merge(crate::canned_responses::routes())
        .merge(crate::contacts::routes())
        .merge(crate::control::routes())
        .merge(crate::conversations::routes())
        .merge(crate::events::routes())
        .merge(crate::health::routes())
        .merge(crate::hooks::routes())
        .merge(crate::inboxes::routes())
        .merge(crate::invitations::routes())
        .merge(crate::labels::routes())
        .merge(crate::messages::routes())
        .merge(crate::oidc::routes())
        .merge(crate::password_resets::routes())
        .merge(crate::profile::routes())
        .merge(crate::saved_filters::routes())
        .merge(crate::search::routes())
        .merge(crate::session::routes())
        .merge(crate::sessions::routes())
        .merge(crate::setup::routes())
        .merge(crate::stream::routes())
        .merge(crate::teams::routes())
        .merge(crate::tokens::routes())
        .merge(crate::users::routes())
        .merge(crate::webhooks::routes())
        .merge(crate::widget::routes());
    finish(router.get_openapi_mut());
    router
}

/// The document as it is served.
pub(crate) fn text(document: &OpenApi) -> String {
    // The document is made of strings and maps, which always have a JSON form.
    document.to_pretty_json().unwrap_or_default()
}

pub(crate) fn answer(document: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document).into_response()
}

/// Adds what all operations share: the ways to sign in, and the shape of refusals.
fn finish(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("tertulia")));
    components.add_security_scheme("session", cookie);
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let refusal = ResponseBuilder::new()
        .description("A refusal")
        .content("application/problem+json", problem)
        .build();
    for item in document.paths.paths.values_mut() {
        let operations =
            [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), refusal.clone().into());
        }
    }
}
