//! Recorded updates, one line each, with a word of what is made of them.

use serde::Deserialize;

use super::*;
use crate::inbound::{InboundFile, InboundMessage};

/// One line per case: what comes in, and what is made of it.
const CASES: &str = include_str!("../../../fixtures/telegram/updates.jsonl");

#[derive(Deserialize)]
struct Case {
    name: String,
    update: Value,
    becomes: String,
}

fn summary(item: &Item) -> String {
    match item {
        Ok(Inbound::Message(message)) => shown(message),
        Ok(Inbound::Edit(edit)) => format!("edit {:?} {:?}", edit.text, edit.spans.len()),
        Ok(Inbound::Reaction(reaction)) => format!("reaction {:?}", reaction.emoji),
        Ok(Inbound::Tap(tap)) => format!("tap {:?} {:?}", tap.button, tap.data),
        Ok(Inbound::Reach(reach)) => format!("reach {} {}", reach.address, reach.reachable),
        Ok(Inbound::Move(moved)) => format!("move {} {}", moved.from, moved.to),
        Ok(other) => format!("{other:?}"),
        Err(unreadable) => format!("unreadable: {}", unreadable.reason),
    }
}

fn shown(message: &InboundMessage) -> String {
    let files = message.files.iter().map(|file| match file {
        InboundFile::Remote { reference, name } => format!(" [{reference} {name}]"),
        InboundFile::Uploaded { token } => format!(" [{token}]"),
    });
    let mut words = format!(
        "{} {:?}{}",
        message.content.kind(),
        message.content.plain_text(),
        files.collect::<String>(),
    );
    for (name, value) in [
        ("by", &message.author),
        ("start", &message.start),
        ("album", &message.album),
        ("locale", &message.contact.locale),
        ("name", &message.contact.name),
    ] {
        if let Some(value) = value {
            words.push_str(&format!(" {name}={value}"));
        }
    }
    if !message.spans.is_empty() {
        words.push_str(&format!(" spans={}", message.spans.len()));
    }
    words
}

#[test]
fn every_recorded_update_becomes_what_it_should() {
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let items = parse(case.update.to_string().as_bytes());
        let got = items.iter().map(summary).collect::<Vec<_>>().join(" + ");
        assert!(got.contains(&case.becomes), "{}: {got}", case.name);
        assert_eq!(case.becomes.is_empty(), items.is_empty(), "{}: {got}", case.name);
    }
}

#[test]
fn what_is_no_update_is_kept_and_never_an_error() {
    for body in
        ["", "{", "[]", "{}", "null", r#"{"update_id":"x"}"#, "\u{FEFF}{}", "{\"update_id\":1}"]
    {
        let items = parse(body.as_bytes());
        let [Err(unreadable)] = items.as_slice() else { panic!("{body:?}: {items:?}") };
        assert_eq!(unreadable.raw, body.as_bytes(), "{body:?}");
    }
    let deep =
        format!("{{\"update_id\":1,\"message\":{}{}}}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(matches!(parse(deep.as_bytes()).as_slice(), [Err(_)]));
}

#[test]
fn row_38_numbers_beyond_2_to_the_53_are_exact() {
    let update = r#"{"update_id": 12, "message": {"message_id": 1, "date": 1,
        "chat": {"id": 9007199254740993, "type": "private"}, "text": "hi"}}"#;
    let items = parse(update.as_bytes());
    let [Ok(Inbound::Message(message))] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(message.contact.address, "9007199254740993");
}

#[test]
fn both_chats_of_a_move_tell_the_same() {
    let of = |chat: i64, field: &str, other: i64| {
        let update = serde_json::json!({"update_id": 1, "message": {"message_id": 1, "date": 1,
            "chat": {"id": chat, "type": "group"}, field: other}});
        parse(update.to_string().as_bytes())
    };
    let (old, new) = (-7, -1_001_234_567_890_123);
    let told = of(old, "migrate_to_chat_id", new);
    assert_eq!(told, of(new, "migrate_from_chat_id", old));
    let [Ok(inbound)] = told.as_slice() else { panic!("{told:?}") };
    assert!(inbound.key().is_some());
}
