//! `/bot<token>/<method>` and `/file/bot<token>/<path>`: from the bytes of a request to the method,
//! through the ledger and the faults that a test has asked for.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::addresses;
use super::methods::{Call, Poll, Reply, Upload, function, poll, refusal_of, start_poll};
use super::parameters::{self, Parameters};
use super::refusal::Refusal;
use super::schema::{Problem, SCHEMA, read};
use super::state::{FaultKind, Request as Entry, Shared, State};
use super::wire::Cut;

/// The longest that a poll waits.
const POLL_SECS_MAX: i64 = 50;

/// Everything that is no other route: the Bot API's paths cannot be written as patterns.
pub(crate) async fn serve(
    Extract(shared): Extract<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response {
    // Some clients write the colon of a token as `%3A`.
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    if let Some((token, path)) =
        path.strip_prefix("/file/bot").and_then(|rest| rest.split_once('/'))
    {
        return file(&shared, token, path);
    }
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/'))
    else {
        return refuse(&Refusal::new(404, "Not Found"));
    };
    let parameters = match parameters::read(request).await {
        Ok(parameters) => parameters,
        Err(refusal) => return refuse(&refusal),
    };
    let bot = match shared.look(|state| bot_of(state, token)) {
        Ok(bot) => bot,
        Err(refusal) => {
            shared.change(|state| state.note(0, method, &parameters, Some(&refusal), None));
            return refuse(&refusal);
        }
    };
    answer(&shared, &cut, bot, method, parameters).await
}

/// The bot behind a token. A token that cannot be one is no path of the API at all.
fn bot_of(state: &State, token: &str) -> Result<i64, Refusal> {
    let is_token = token.split_once(':').is_some_and(|(id, secret)| {
        id.parse::<i64>().is_ok() && secret.len() >= 20 && !secret.contains(char::is_whitespace)
    });
    if !is_token {
        return Err(Refusal::new(404, "Not Found"));
    }
    let bot = state.bot_by_token(token).filter(|bot| !bot.revoked && !bot.logged_out);
    bot.map(|bot| bot.id).ok_or_else(Refusal::unauthorized)
}

fn file(shared: &Shared, token: &str, path: &str) -> Response {
    let found = shared.look(|state| {
        let bot = bot_of(state, token)?;
        let file = state.file_by_path(bot, path).ok_or_else(|| Refusal::new(404, "Not Found"))?;
        Ok((file.mime.clone(), file.bytes.clone()))
    });
    match found {
        Ok((mime, bytes)) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
        Err(refusal) => refuse(&refusal),
    }
}

async fn answer(
    shared: &Shared,
    cut: &Cut,
    bot: i64,
    method: &str,
    mut parameters: Parameters,
) -> Response {
    let chat = number_of(parameters.values.get("chat_id"));
    let fault = shared.look(|state| state.fault_of_request(method, chat));
    let before = match &fault {
        Some(FaultKind::TooManyRequests { retry_after_secs }) => {
            Some(Refusal::too_many(*retry_after_secs))
        }
        Some(FaultKind::ServerError { status }) => Some(Refusal::new(*status, reason(*status))),
        Some(FaultKind::Refuse) => Some(Refusal::new(0, "connection closed")),
        _ => None,
    };
    if let Some(refusal) = before {
        shared.change(|state| state.note(bot, method, &parameters, Some(&refusal), fault.as_ref()));
        if fault == Some(FaultKind::Refuse) {
            cut.cut();
        }
        return refuse(&refusal);
    }
    addresses::fetch(&mut parameters).await;
    let outcome = match method.eq_ignore_ascii_case("getUpdates") {
        true => wait_for_updates(shared, bot, parameters, fault.as_ref()).await,
        false => shared.change(|state| {
            let request = state.note(bot, method, &parameters, None, fault.as_ref());
            let outcome = run(state, bot, method, parameters, request);
            state.settle(request, &outcome);
            outcome
        }),
    };
    match fault {
        Some(FaultKind::DropResponse) => cut.cut(),
        Some(FaultKind::Slow { millis }) => tokio::time::sleep(Duration::from_millis(millis)).await,
        _ => {}
    }
    respond(outcome)
}

/// Checks the parameters by the published description and calls the method.
pub(crate) fn run(
    state: &mut State,
    bot: i64,
    method: &str,
    parameters: Parameters,
    request: usize,
) -> Result<Reply, Refusal> {
    let (name, params) = checked(state, bot, method, &parameters)?;
    let uploads = parameters.uploads;
    let function =
        function(name).ok_or_else(|| Refusal::new(404, "Not Found: method not found"))?;
    function(&mut Call { state, bot, method: name, params, uploads, request })
}

fn checked(
    state: &mut State,
    bot: i64,
    method: &str,
    parameters: &Parameters,
) -> Result<(&'static str, Map<String, Value>), Refusal> {
    let Some((name, described)) = SCHEMA.method(method) else {
        let known = SCHEMA.not_simulated.iter().any(|name| name.eq_ignore_ascii_case(method));
        let what = if known { "the double does not have this method" } else { "no such method" };
        state.violation(bot, method, what.to_owned());
        return Err(Refusal::new(404, "Not Found: method not found"));
    };
    let mut raw = parameters.values.clone();
    for upload in parameters.uploads.keys() {
        if described.fields.contains_key(upload) {
            raw.insert(upload.clone(), format!("attach://{upload}").into());
        }
    }
    let (params, problems) = read(described, &raw);
    let refuse_unknown = state.settings.refuse_unknown;
    for problem in &problems {
        state.violation(bot, name, refusal_of(problem).description);
    }
    let grave = |problem: &&Problem| refuse_unknown || !matches!(problem, Problem::Unknown(_));
    match problems.iter().find(grave) {
        Some(problem) => Err(refusal_of(problem)),
        None => Ok((name, params)),
    }
}

async fn wait_for_updates(
    shared: &Shared,
    bot: i64,
    parameters: Parameters,
    fault: Option<&FaultKind>,
) -> Result<Reply, Refusal> {
    let mut bell = shared.bell();
    let started = shared.change(|state| {
        let request = state.note(bot, "getUpdates", &parameters, None, fault);
        let started =
            checked(state, bot, "getUpdates", &parameters).and_then(|(method, params)| {
                let waits = params.get("timeout").and_then(Value::as_i64).unwrap_or_default();
                let limit = params.get("limit").and_then(Value::as_i64).unwrap_or(100);
                let uploads = std::collections::BTreeMap::<String, Upload>::new();
                let mut call = Call { state, bot, method, params, uploads, request };
                Ok((start_poll(&mut call)?, waits.clamp(0, POLL_SECS_MAX), limit))
            });
        (request, started)
    });
    let (request, started) = started;
    let outcome = match started {
        Ok((ticket, waits_secs, limit)) => {
            let _waiting = Waiting { shared, bot, ticket };
            let wait = Duration::from_secs(u64::try_from(waits_secs).unwrap_or_default());
            let until = Instant::now() + wait;
            loop {
                match shared.look(|state| poll(state, bot, ticket, limit)) {
                    Ok(Poll::Ready(updates)) => break Ok(updates.into()),
                    Ok(Poll::Empty) => {}
                    Err(refusal) => break Err(refusal),
                }
                tokio::select! {
                    // An error means that the double has ended, and this connection with it.
                    _ = bell.changed() => {}
                    () = tokio::time::sleep_until(until) => break Ok(json!([]).into()),
                }
            }
        }
        Err(refusal) => Err(refusal),
    };
    shared.change(|state| state.settle(request, &outcome));
    outcome
}

/// A poll whose client went away no longer counts as one that waits.
struct Waiting<'a> {
    shared: &'a Shared,
    bot: i64,
    ticket: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.shared.look(|state| {
            let bot = state.bots.get_mut(&self.bot).filter(|bot| bot.poll == self.ticket);
            if let Some(bot) = bot {
                bot.polling = false;
            }
        });
    }
}

impl State {
    /// Writes a request into the ledger and answers its place there.
    pub(crate) fn note(
        &mut self,
        bot: i64,
        method: &str,
        parameters: &Parameters,
        refusal: Option<&Refusal>,
        fault: Option<&FaultKind>,
    ) -> usize {
        let fault = fault.and_then(|fault| serde_json::to_value(fault).ok());
        let kind = fault.as_ref().and_then(|fault| fault.get("fault")).and_then(Value::as_str);
        let mut params = parameters.values.clone();
        for (name, upload) in &parameters.uploads {
            params
                .entry(name.clone())
                .or_insert_with(|| json!({"file_name": upload.name, "bytes": upload.bytes.len()}));
        }
        self.ledger.push(Entry {
            at_ms: self.now_ms,
            bot,
            method: SCHEMA.method(method).map_or(method, |(name, _)| name).to_owned(),
            params: Value::Object(params),
            code: refusal.map_or(200, |refusal| refusal.code),
            description: refusal.map(|refusal| refusal.description.clone()),
            fault: kind.map(str::to_owned),
            answered: !matches!(kind, Some("drop_response" | "refuse")),
        });
        self.ledger.len() - 1
    }

    pub(crate) fn settle(&mut self, request: usize, outcome: &Result<Reply, Refusal>) {
        let Some(entry) = self.ledger.get_mut(request) else { return };
        if let Err(refusal) = outcome {
            entry.code = refusal.code;
            entry.description = Some(refusal.description.clone());
        }
    }
}

fn number_of(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn reason(status: u16) -> &'static str {
    StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Error")
}

fn respond(outcome: Result<Reply, Refusal>) -> Response {
    match outcome {
        Ok(reply) => {
            let mut body = json!({"ok": true, "result": reply.result});
            if let (Some(description), Some(body)) = (reply.description, body.as_object_mut()) {
                body.insert("description".to_owned(), description.into());
            }
            Json(body).into_response()
        }
        Err(refusal) => refuse(&refusal),
    }
}

fn refuse(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_GATEWAY);
    if refusal.code > 500 {
        // These come from the gateway in front of the Bot API, which speaks HTML.
        let page = format!("<html><head><title>{status}</title></head><body></body></html>");
        return (status, [(header::CONTENT_TYPE, "text/html")], page).into_response();
    }
    (status, Json(refusal.body())).into_response()
}
