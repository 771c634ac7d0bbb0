//! Calls as they leave: their methods and bodies.

use tertulia_domain::content::Button;
use tertulia_domain::span::{Span, SpanKind};
use tertulia_domain::{ConversationId, Timestamp};

use super::super::tests::inbox;
use super::*;
use crate::outgoing::{Amended, OutgoingAmendment, OutgoingFile};

fn outgoing<'a>(content: &'a Content, text: &'a str) -> Outgoing<'a> {
    Outgoing {
        message_id: MessageId(4711),
        conversation_id: ConversationId(42),
        address: "7",
        sender_name: "Ana",
        content,
        text,
        spans: &[],
        files: Vec::new(),
        reply_to: None,
        created_at: Timestamp(0),
    }
}

fn file<'a>(name: &'a str, content_type: &'a str) -> OutgoingFile<'a> {
    OutgoingFile { url: String::new(), name, content_type, size_bytes: 10 }
}

/// Every call as its method and its body or fields.
fn calls(dispatch: Result<Dispatch, SendError>) -> Vec<(String, Value)> {
    let Ok(Dispatch::Calls(calls)) = dispatch else { panic!("{dispatch:?}") };
    calls.iter().map(|call| shown(&call.body)).collect()
}

fn shown(body: &CallBody) -> (String, Value) {
    match body {
        CallBody::Ready(request) => {
            (method(request), serde_json::from_slice(request.sent_body()).unwrap())
        }
        CallBody::Form(form) => {
            let fields = form.fields.iter().map(|(name, value)| {
                let value = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
                ((*name).to_owned(), value)
            });
            let mut fields: serde_json::Map<String, Value> = fields.collect();
            for file in &form.files {
                fields.insert(file.field.clone(), json!(format!("file {}", file.index)));
            }
            (method(&form.request), Value::Object(fields))
        }
    }
}

fn method(request: &tertulia_net::Request) -> String {
    request.url().path().rsplit('/').next().unwrap().to_owned()
}

#[test]
fn a_text_goes_out_in_pieces_and_only_the_first_answers() {
    let text = "x".repeat(5_000);
    let content = Content::Text { text: text.clone() };
    let message = Outgoing { reply_to: Some("abc:99"), ..outgoing(&content, &text) };
    let calls = calls(render(&inbox(), &message));
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].0, "sendMessage");
    assert_eq!(calls[0].1["chat_id"], 7);
    let reply = json!({"message_id": 99, "allow_sending_without_reply": true});
    assert_eq!(calls[0].1["reply_parameters"], reply);
    assert!(calls[1].1.get("reply_parameters").is_none());
    assert_eq!(calls[1].1["text"].as_str().unwrap().len(), 904);
}

#[test]
fn formatting_has_a_way_without() {
    let content = Content::Text { text: "Hello".to_owned() };
    let spans = [Span { start: 0, length: 5, kind: SpanKind::Bold, url: None }];
    let message = Outgoing { spans: &spans, ..outgoing(&content, "Hello") };
    let Ok(Dispatch::Calls(rendered)) = render(&inbox(), &message) else { panic!() };
    let (_, body) = shown(&rendered[0].body);
    assert_eq!(body["entities"], json!([{"type": "bold", "offset": 0, "length": 5}]));
    let (_, plain) = shown(rendered[0].plain.as_ref().unwrap());
    assert_eq!(plain, json!({"text": "Hello", "chat_id": 7}));
}

#[test]
fn files_go_by_what_they_are_and_albums_together() {
    let content = Content::Image { text: "c".repeat(2_000) };
    let mut message = outgoing(&content, "");
    message.files = vec![
        file("a.jpg", "image/jpeg"),
        file("b.mp4", "video/mp4"),
        file("c.gif", "image/gif"),
        file("d.ogg", "audio/ogg"),
        file("e.pdf", "application/pdf"),
        file("f.zip", "application/zip"),
        file("g.mp3", "audio/mpeg"),
    ];
    let calls = calls(render(&inbox(), &message));
    let methods: Vec<&str> = calls.iter().map(|(method, _)| method.as_str()).collect();
    let expected = [
        "sendMediaGroup",
        "sendAnimation",
        "sendVoice",
        "sendMediaGroup",
        "sendAudio",
        "sendMessage",
    ];
    assert_eq!(methods, expected);
    let album = &calls[0].1["media"];
    assert_eq!((&album[0]["type"], &album[1]["type"]), (&json!("photo"), &json!("video")));
    assert_eq!(album[0]["caption"].as_str().unwrap().len(), 1_024);
    assert_eq!(calls[0].1["file1"], "file 1");
    assert_eq!(calls[5].1["text"].as_str().unwrap().len(), 976);
}

#[test]
fn a_file_as_such_is_a_document_and_a_huge_one_is_refused_with_a_reason() {
    let content = Content::File { text: String::new() };
    let mut message = outgoing(&content, "");
    message.files = vec![file("a.jpg", "image/jpeg")];
    let sent = calls(render(&inbox(), &message));
    assert_eq!(sent, [("sendDocument".to_owned(), json!({"chat_id": 7, "document": "file 0"}))]);
    message.files[0].size_bytes = 60_000_000;
    let refused = render(&inbox(), &message);
    let Err(SendError::Rejected { code, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(code, "file_too_large");
}

#[test]
fn eleven_pictures_are_two_calls() {
    let content = Content::Image { text: String::new() };
    let mut message = outgoing(&content, "");
    message.files = vec![file("a.jpg", "image/jpeg"); 11];
    let methods: Vec<String> =
        calls(render(&inbox(), &message)).into_iter().map(|(method, _)| method).collect();
    assert_eq!(methods, ["sendMediaGroup", "sendPhoto"]);
}

#[test]
fn places_contacts_and_buttons() {
    let check = |content: Content, method: &str, part: Value| {
        let text = content.plain_text();
        let calls = calls(render(&inbox(), &outgoing(&content, &text)));
        assert_eq!(calls[0].0, method, "{content:?}");
        for (name, value) in part.as_object().unwrap() {
            assert_eq!(&calls[0].1[name], value, "{content:?}");
        }
    };
    let place = |title: &str| Content::Location {
        latitude: 1.5,
        longitude: 2.5,
        title: title.to_owned(),
        address: String::new(),
    };
    check(place(""), "sendLocation", json!({"latitude": 1.5}));
    check(place("Café"), "sendVenue", json!({"title": "Café", "address": "Café"}));
    let contact = |phones: &[&str]| Content::Contact {
        name: "Eva".to_owned(),
        phones: phones.iter().map(|&phone| phone.to_owned()).collect(),
        emails: vec!["eva@example.com".to_owned()],
    };
    check(contact(&["+55"]), "sendContact", json!({"phone_number": "+55", "first_name": "Eva"}));
    check(contact(&[]), "sendMessage", json!({"text": "Eva eva@example.com"}));
    let button = Button { id: "yes".to_owned(), title: "Yes".to_owned(), url: None };
    let keys = json!({"inline_keyboard": [[{"text": "Yes", "callback_data": "t:4711:0"}]]});
    let content = Content::Buttons { text: "Sure?".to_owned(), buttons: vec![button] };
    check(content, "sendMessage", json!({"text": "Sure?", "reply_markup": keys}));
}

fn amend(
    content: &Content,
    parts: &[&str],
    files: usize,
    text: &str,
) -> Result<Dispatch, SendError> {
    let parts: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
    let amendment = OutgoingAmendment {
        id: "chg_1",
        message_id: MessageId(4711),
        external_id: None,
        parts: &parts,
        files,
        conversation_id: ConversationId(42),
        address: "7",
        what: Amended::Edit { content, text, spans: &[] },
        at: Timestamp(0),
    };
    render_amendment(&inbox(), &amendment)
}

#[test]
fn an_edit_fills_the_places_that_are_there() {
    let text = Content::Text { text: String::new() };
    let long = "y".repeat(5_000);
    let methods = |dispatch| -> Vec<String> {
        calls(dispatch)
            .into_iter()
            .map(|(method, body)| format!("{method} {}", body["message_id"]))
            .collect()
    };
    assert_eq!(methods(amend(&text, &["c:1"], 0, "new")), ["editMessageText 1"]);
    let both = methods(amend(&text, &["c:1", "c:2"], 0, &long));
    assert_eq!(both, ["editMessageText 1", "editMessageText 2"]);
    let shorter = methods(amend(&text, &["c:1", "c:2"], 0, "new"));
    assert_eq!(shorter, ["editMessageText 1", "deleteMessage 2"]);
    let refused = amend(&text, &["c:1"], 0, &long);
    assert!(matches!(refused, Err(SendError::Rejected { .. })), "{refused:?}");
    let image = Content::Image { text: String::new() };
    assert_eq!(methods(amend(&image, &["c:1", "c:2"], 2, "new")), ["editMessageCaption 1"]);
    let emptied = calls(amend(&image, &["c:1"], 1, ""));
    assert_eq!(emptied[0].1["caption"], "");
}

#[test]
fn deletions_and_reactions_find_every_part() {
    let parts = ["c:1".to_owned(), "c:2".to_owned()];
    let told = |what| {
        let amendment = OutgoingAmendment {
            id: "chg_1",
            message_id: MessageId(4711),
            external_id: None,
            parts: &parts,
            files: 0,
            conversation_id: ConversationId(42),
            address: "7",
            what,
            at: Timestamp(0),
        };
        calls(render_amendment(&inbox(), &amendment)).remove(0)
    };
    let (method, body) = told(Amended::Delete);
    assert_eq!((method.as_str(), &body["message_ids"]), ("deleteMessages", &json!([1, 2])));
    let (method, body) = told(Amended::Reaction { sender_name: "Ana", emoji: Some("👍") });
    let expected =
        json!({"chat_id": 7, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}]});
    assert_eq!((method.as_str(), body), ("setMessageReaction", expected));
    let (_, body) = told(Amended::Reaction { sender_name: "Ana", emoji: None });
    assert_eq!(body["reaction"], json!([]));
}
