//! Every route of the OpenAPI document, with what it asks for.

use std::fmt;

use reqwest::Method;
use serde_json::Value;
use tertulia_domain::access::Permission;

use super::sample::sample;

/// Routes that anybody may call: a secret in the address or body, or nothing to hide.
const FOR_EVERYBODY: &[&str] = &[
    "accept_invitation",
    "accept_password_reset",
    "create_session",
    "finish_setup",
    "get_file",
    "get_health",
    "get_readiness",
    "lookup_invitation",
    "show_setup",
];

/// Routes about the person who asks; every role may.
const FOR_THE_SIGNED_IN: &[&str] = &[
    "begin_totp",
    "change_password",
    "confirm_totp",
    "delete_session",
    "disable_totp",
    "list_sessions",
    "revoke_session",
    "show_session",
    "switch_account",
    "update_profile",
];

/// Routes that end in a socket, whose refusals are close codes: they have tests of their own.
const SOCKETS: &[&str] = &["open_stream", "open_widget_stream"];

/// What a route asks for.
#[derive(Debug)]
pub(super) enum Needs {
    Nothing,
    Session,
    Visitor,
    Permission(Permission),
}

/// One operation.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) needs: Needs,
    pub(super) media_type: Option<String>,
    pub(super) body: Value,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Route {
    pub(super) fn has_id(&self) -> bool {
        self.path.contains('{')
    }

    pub(super) fn permission(&self) -> Option<Permission> {
        match self.needs {
            Needs::Permission(permission) => Some(permission),
            Needs::Nothing | Needs::Session | Needs::Visitor => None,
        }
    }
}

/// Every route that answers over HTTP.
pub(super) fn all() -> Vec<Route> {
    let document = serde_json::to_value(tertulia_api::document()).unwrap();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else { continue };
            let name = operation["operationId"].as_str().unwrap_or_default();
            if !SOCKETS.contains(&name) {
                routes.push(route(&document, method, path, operation));
            }
        }
    }
    assert!(routes.len() > 40, "the document has lost its routes");
    routes
}

fn route(document: &Value, method: Method, path: &str, operation: &Value) -> Route {
    let content = operation["requestBody"]["content"].as_object();
    let first = content.and_then(|content| content.iter().next());
    let media_type = first.map(|(media_type, _)| media_type.clone());
    let body = first.map_or(Value::Null, |(_, content)| sample(document, &content["schema"]));
    let needs = needs(path, operation);
    Route { method, path: path.to_owned(), needs, media_type, body }
}

fn needs(path: &str, operation: &Value) -> Needs {
    let name = operation["operationId"].as_str().unwrap_or_default();
    let text = format!("{} {}", operation["summary"], operation["description"]);
    if let Some((_, rest)) = text.split_once("Needs the permission") {
        // The first one named decides first.
        let word = rest.split('`').nth(1).unwrap();
        return Needs::Permission(word.parse().unwrap());
    }
    match () {
        () if FOR_EVERYBODY.contains(&name) => Needs::Nothing,
        () if FOR_THE_SIGNED_IN.contains(&name) => Needs::Session,
        () if path.starts_with("/widget/v1/{key}/") || path.starts_with("/hooks/") => {
            Needs::Nothing
        }
        () if path.starts_with("/v1/oidc") => Needs::Nothing,
        () if path.starts_with("/widget/v1/") => Needs::Visitor,
        () => panic!("{path} ({name}) says nothing about who may call it"),
    }
}
