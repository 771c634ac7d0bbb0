//! The routes under `/sim`. Numbers of chats may come as text, where JavaScript would round them.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Path, Query, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::Stream;
use serde::Deserialize;
use serde_json::{Value, json};

use super::acts::{Act, Actor};
use crate::telegram::state::{Fault, NewUser, Settings, Shared, State};

type Books = Extract<Arc<Shared>>;

/// Which bot is meant; the first if nothing is said.
#[derive(Debug, Deserialize)]
struct Whose {
    bot: Option<i64>,
}

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/state", get(state))
        .route("/books", get(books))
        .route("/events", get(events))
        .route("/bots", post(add_bot))
        .route("/bots/{bot}/{act}", post(act_on_bot))
        .route("/people", post(add_person))
        .route("/groups", post(add_group))
        .route("/chats/{chat}", get(chat))
        .route("/chats/{chat}/{act}", post(act))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/settings", get(settings).put(set_settings))
        .route("/clock", post(advance))
        .route("/files/{id}", get(file))
}

fn answered(outcome: Act<Value>) -> Response {
    match outcome {
        Ok(value) => Json(value).into_response(),
        Err(error) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({"error": error}))).into_response()
        }
    }
}

fn first_bot(state: &State, whose: &Whose) -> Act<i64> {
    let bot = whose.bot.or_else(|| state.bots.keys().next().copied());
    bot.filter(|bot| state.bots.contains_key(bot)).ok_or_else(|| "there is no such bot".to_owned())
}

/// Bots, people and chats, without the ledger: what the page shows.
async fn state(Extract(shared): Books, Query(whose): Query<Whose>) -> Response {
    answered(shared.look(|state| {
        let bot = first_bot(state, &whose)?;
        let books = state.books();
        let people = state.people.values().map(|person| {
            json!({
                "key": person.id.to_string(), "name": state.name_of(person.id),
                "user": person.user(), "photos": person.photos,
            })
        });
        let chats = books.chats.iter().filter(|chat| chat.bot == bot);
        Ok(json!({
            "bot": bot.to_string(),
            "bots": books.bots,
            "people": people.collect::<Vec<_>>(),
            "chats": chats.collect::<Vec<_>>(),
            "violations": books.violations.len(),
            "requests": books.requests.len(),
        }))
    }))
}

async fn books(Extract(shared): Books) -> Response {
    Json(shared.look(|state| state.books())).into_response()
}

/// One event at each change; whoever listens asks then for what they show.
async fn events(Extract(shared): Books) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = futures_util::stream::unfold(shared.bell(), |mut bell| async move {
        bell.changed().await.ok()?;
        let version = *bell.borrow_and_update();
        Some((Ok(Event::default().data(version.to_string())), bell))
    });
    Sse::new(changes).keep_alive(KeepAlive::default())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewBot {
    name: String,
    username: String,
}

async fn add_bot(Extract(shared): Books, Json(new): Json<NewBot>) -> Response {
    answered(shared.change(|state| {
        let id = state.add_bot(&new.name, &new.username);
        let bot = state.bots.get(&id).ok_or("the bot was not kept")?;
        Ok(json!({"id": id, "token": bot.token}))
    }))
}

async fn act_on_bot(
    Extract(shared): Books,
    Path((bot, act)): Path<(i64, String)>,
    Json(body): Json<Value>,
) -> Response {
    answered(shared.change(|state| {
        if !state.bots.contains_key(&bot) {
            return Err(format!("there is no bot {bot}"));
        }
        match act.as_str() {
            "revoke" => state.set_revoked(bot, true),
            "renew" => return Ok(json!({"token": state.renew_token(bot)})),
            "update-id" => {
                let next = number(&body, "next")?;
                if let Some(bot) = state.bots.get_mut(&bot) {
                    bot.next_update_id = next;
                }
            }
            _ => return Err(format!("nothing is known about `{act}`: revoke, renew, update-id")),
        }
        Ok(json!({"bot": bot}))
    }))
}

async fn add_person(Extract(shared): Books, Json(about): Json<NewUser>) -> Response {
    let id = shared.change(|state| state.add_person(about));
    Json(json!({"id": id, "key": id.to_string()})).into_response()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewGroup {
    title: String,
    #[serde(default, deserialize_with = "crate::telegram::state::number")]
    id: Option<i64>,
}

async fn add_group(
    Extract(shared): Books,
    Query(whose): Query<Whose>,
    Json(new): Json<NewGroup>,
) -> Response {
    answered(shared.change(|state| {
        let bot = first_bot(state, &whose)?;
        let id = state.add_group(bot, &new.title, new.id);
        Ok(json!({"id": id, "key": id.to_string()}))
    }))
}

async fn chat(
    Extract(shared): Books,
    Path(chat): Path<i64>,
    Query(whose): Query<Whose>,
) -> Response {
    answered(shared.look(|state| {
        let bot = first_bot(state, &whose)?;
        let book = state.chat_book(bot, chat).ok_or_else(|| format!("there is no chat {chat}"))?;
        serde_json::to_value(book).map_err(|error| error.to_string())
    }))
}

/// What a person does in a chat; `user` says who, and in a private chat it is clear.
async fn act(
    Extract(shared): Books,
    Path((chat, act)): Path<(i64, String)>,
    Query(whose): Query<Whose>,
    Json(body): Json<Value>,
) -> Response {
    answered(shared.change(|state| {
        let user = number(&body, "user").unwrap_or(chat);
        let actor = Actor { bot: first_bot(state, &whose)?, chat, user };
        perform(state, actor, &act, &body)
    }))
}

fn perform(state: &mut State, actor: Actor, act: &str, body: &Value) -> Act<Value> {
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    let list = |key: &str| body.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let flag = |key: &str| body.get(key).and_then(Value::as_bool).unwrap_or(true);
    let message = || number(body, "message_id");
    let sent = match act {
        "start" => state.starts(actor, text("parameter"))?,
        "send" => state.sends(actor, body)?,
        "album" => return Ok(json!(state.sends_album(actor, &list("items"))?)),
        "forward" => {
            let what = body.get("message").cloned().unwrap_or_default();
            state.forwards(actor, &what, text("from").unwrap_or("Somebody"))?
        }
        "edit" => state.edits(actor, message()?, body)?,
        "delete" => {
            state.deletes(actor, message()?)?;
            return Ok(json!({"message_id": message()?}));
        }
        "react" => {
            let emoji = list("reaction")
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect::<Vec<_>>();
            state.reacts(actor, message()?, &emoji)?
        }
        "tap" => state.taps(actor, message()?, text("data").unwrap_or_default())?,
        "block" => return Ok(json!({"update_id": state.blocks(actor, flag("blocked"))?})),
        "member" => return Ok(json!({"update_id": state.moves_bot(actor, flag("member"))?})),
        "migrate" => {
            let id = state.migrates(actor)?;
            return Ok(json!({"id": id, "key": id.to_string()}));
        }
        "picture" => {
            state.wears(actor, body)?;
            return Ok(json!({}));
        }
        _ => {
            return Err(format!(
                "nobody can `{act}`: start, send, album, forward, edit, delete, react, tap, block, member, migrate, picture"
            ));
        }
    };
    Ok(json!(sent))
}

fn number(body: &Value, key: &str) -> Act<i64> {
    let number = match body.get(key) {
        Some(Value::Number(number)) => number.as_i64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| format!("`{key}` must be a number"))
}

async fn faults(Extract(shared): Books) -> Response {
    Json(shared.look(|state| state.faults.clone())).into_response()
}

async fn add_fault(Extract(shared): Books, Json(fault): Json<Fault>) -> Response {
    shared.change(|state| state.faults.push(fault));
    faults(Extract(shared)).await
}

async fn clear_faults(Extract(shared): Books) -> Response {
    shared.change(|state| state.faults.clear());
    StatusCode::NO_CONTENT.into_response()
}

async fn settings(Extract(shared): Books) -> Response {
    Json(shared.look(|state| state.settings.clone())).into_response()
}

async fn set_settings(Extract(shared): Books, Json(new): Json<Settings>) -> Response {
    shared.change(|state| state.settings = new);
    settings(Extract(shared)).await
}

async fn advance(Extract(shared): Books, Json(body): Json<Value>) -> Response {
    answered(shared.change(|state| {
        let secs = number(&body, "advance_secs")?;
        state.clock_offset_ms = state.clock_offset_ms.saturating_add(secs.saturating_mul(1_000));
        Ok(json!({"offset_secs": state.clock_offset_ms / 1_000}))
    }))
}

/// A file's bytes, for the page; a bot fetches them by its own path.
async fn file(Extract(shared): Books, Path(id): Path<String>) -> Response {
    let found = shared.look(|state| {
        state.files.get(&id).map(|file| (file.mime.clone(), file.name.clone(), file.bytes.clone()))
    });
    let Some((mime, name, bytes)) = found else { return StatusCode::NOT_FOUND.into_response() };
    // What was uploaded must not run as a page of this origin.
    let shown = ["image/png", "image/jpeg", "image/gif", "image/webp"].contains(&mime.as_str())
        || mime.starts_with("video/")
        || mime.starts_with("audio/");
    let way = if shown { "inline" } else { "attachment" };
    let name = name.unwrap_or_else(|| "file".to_owned());
    let name: String =
        name.chars().filter(|c| c.is_ascii_graphic() && !"\"\\".contains(*c)).collect();
    let headers = [
        (header::CONTENT_TYPE, mime),
        (header::CONTENT_DISPOSITION, format!("{way}; filename=\"{name}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}
