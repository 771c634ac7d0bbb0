//! Bodies in every form that clients send, and bodies that make no sense.

use futures_util::stream;
use reqwest::{Body, Method};
use serde_json::json;

use super::desk::Desk;
use super::fields::{self, has};
use crate::app::{TestApp, on_every_engine};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=b";

fn part(name: &str, value: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

fn file(name: &str, bytes: &str) -> String {
    format!(
        "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"x.txt\"\r\n\
         Content-Type: text/plain\r\n\r\n{bytes}\r\n"
    )
}

#[test]
fn one_message_in_every_form() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let path = desk.path(&scene.path("/messages"));
        let items = r#"{"items":[{"title":"A","value":"a"}]}"#;
        let select = part("content", "Which?") + &part("content_type", "input_select");
        let forms = [
            (FORM, "content=Which%3F&private=true&content_type=input_select&content_attributes[items][][title]=A&content_attributes[items][][value]=a".to_owned()),
            (MULTIPART, select.clone() + &part("private", "true") + &part("content_attributes", items) + "--b--\r\n"),
            ("application/json", json!({"message": {"content": "Which?", "private": "true", "content_type": "input_select", "content_attributes": items}}).to_string()),
        ];
        for (media_type, body) in forms {
            let sent = desk.client.send(Method::POST, &path, Some(media_type), body.clone()).await;
            let sent = Desk::fine(sent);
            assert_eq!(sent["content_type"], "input_select", "{media_type}");
            assert_eq!(sent["content_attributes"]["items"], json!([{"title": "A", "value": "a"}]));
            assert_eq!(sent["private"], true);
        }
        app.settle().await;
    });
}

#[test]
fn files_come_in_chunks_and_with_or_without_brackets() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let path = desk.path(&scene.path("/messages"));
        for name in ["attachments", "attachments[]"] {
            let whole = part("content", "See")
                + &part("private", "true")
                + &file(name, "one")
                + &file(name, "two")
                + "--b--\r\n";
            let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
                whole.as_bytes().chunks(7).map(|chunk| Ok(chunk.to_vec())).collect();
            let body = Body::wrap_stream(stream::iter(chunks));
            let sent = desk.client.send(Method::POST, &path, Some(MULTIPART), body).await;
            let sent = Desk::fine(sent);
            let files = sent["attachments"].as_array().unwrap();
            assert_eq!(files.len(), 2, "{name}");
            files.iter().for_each(|file| has(file, fields::ATTACHMENT));
            let url = files[0]["data_url"].as_str().unwrap();
            let at = url.strip_prefix(&format!("http://{}", app.address())).unwrap();
            assert_eq!(app.nobody().get(at).await.bytes, b"one");
        }
        let all = desk.get(&scene.path("/attachments")).await;
        assert_eq!(all["meta"]["total_count"], 4);
        all["payload"].as_array().unwrap().iter().for_each(|f| has(f, fields::ATTACHMENT));
        let many: String = (0..16).map(|_| file("attachments[]", "x")).collect();
        let body = many + "--b--\r\n";
        let refused = desk.client.send(Method::POST, &path, Some(MULTIPART), body).await;
        assert_eq!(refused.json(), json!({"error": "attachments has more than 15 files"}));
        app.settle().await;
    });
}

#[test]
fn slashes_and_verbs_are_tolerated() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let with = desk.get(&scene.path("/")).await;
        assert_eq!(with, desk.get(&scene.path("")).await);
        let contact = format!("/contacts/{}", scene.contact);
        for (method, name) in [(Method::PUT, "Put"), (Method::PATCH, "Patched")] {
            let answer = desk.ask(method, &contact, &json!({"contact": {"name": name}})).await;
            assert_eq!(Desk::fine(answer)["payload"]["name"], name);
        }
        app.settle().await;
    });
}

#[test]
fn what_makes_no_sense_is_refused_with_its_place() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let path = desk.path(&scene.path("/messages"));
        let send = async |media_type: &str, body: &str| {
            let body = body.as_bytes().to_vec();
            let answer = desk.client.send(Method::POST, &path, Some(media_type), body).await;
            assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
            (answer.status.as_u16(), answer.json()["error"].as_str().unwrap_or_default().to_owned())
        };
        for (media_type, body, status, said) in [
            ("application/json", "{\"content\": }", 400, "The body is not JSON at byte 12."),
            ("application/json", "{\"content\": {}}", 422, "content must be a text"),
            (
                "application/json",
                "{\"content\":\"x\",\"private\":\"maybe\"}",
                422,
                "private must be true or false",
            ),
            (
                "application/json",
                "{\"content\":\"x\",\"content_attributes\":\"{\"}",
                422,
                "content_attributes must be an object",
            ),
            (FORM, "content=%00", 422, "content must not contain the character U+0000"),
            (
                "image/png",
                "\u{7f}PNG",
                415,
                "The Content-Type must be application/json, application/x-www-form-urlencoded or multipart/form-data",
            ),
        ] {
            let answer = send(media_type, body).await;
            assert_eq!(answer, (status, said.to_owned()), "{body}");
        }
        let (status, said) = send(MULTIPART, "--b\r\nnonsense").await;
        assert_eq!(status, 400, "{said}");
        assert!(said.starts_with("The form cannot be read"), "{said}");
        app.settle().await;
    });
}
