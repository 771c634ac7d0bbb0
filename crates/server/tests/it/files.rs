//! Files: rows 24 and 50 of the catalogue, and that what is served cannot run.

use reqwest::Method;

use crate::app::{Answer, TestApp, on_every_engine};

const ROUTE: &str = "/v1/attachments";

/// A PNG of one colour.
fn png(width_px: u32, height_px: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(width_px, height_px, image::Rgb([200, 10, 10]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

async fn upload(app: &TestApp, name: &str, bytes: &[u8]) -> Answer {
    app.people.agent.upload(ROUTE, name, bytes).await
}

async fn served(app: &TestApp, name: &str, bytes: &[u8]) -> (Answer, Answer) {
    let uploaded = upload(app, name, bytes).await;
    assert_eq!(uploaded.status, 201, "{}", uploaded.json());
    let file = app.nobody().get(uploaded.json()["url"].as_str().unwrap()).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-security-policy").contains("sandbox"));
    (uploaded, file)
}

#[test]
fn a_picture_is_shown_and_has_a_small_version() {
    on_every_engine(async |app: &mut TestApp| {
        let picture = png(1_200, 900);
        let (uploaded, file) = served(app, "photo.png", &picture).await;
        let view = uploaded.json();
        assert_eq!((view["kind"].as_str(), view["width"].as_i64()), (Some("image"), Some(1_200)));
        assert_eq!((file.header("content-type"), &file.bytes), ("image/png", &picture));
        assert!(file.header("content-disposition").starts_with("inline"));
        let small = app.nobody().get(view["thumbnail_url"].as_str().unwrap()).await;
        assert_eq!((small.status.as_u16(), small.header("content-type")), (200, "image/jpeg"));
        assert!(image::load_from_memory(&small.bytes).unwrap().width() <= 640);
    });
}

#[test]
fn bad_input_050_what_could_run_is_only_a_download() {
    on_every_engine(async |app: &mut TestApp| {
        for (name, bytes) in [
            ("page.html", &b"<!doctype html><script>alert(1)</script>"[..]),
            ("photo.jpg", b"<html><script>alert(1)</script></html>"),
            ("drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
            ("paper.pdf", b"%PDF-1.7 /JavaScript"),
            ("begins.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
        ] {
            let (uploaded, file) = served(app, name, bytes).await;
            assert_eq!(uploaded.json()["kind"], "file", "{name}");
            assert!(file.header("content-disposition").starts_with("attachment"), "{name}");
            let media_type = file.header("content-type");
            assert!(
                ["application/octet-stream", "application/pdf"].contains(&media_type),
                "{name}"
            );
        }
    });
}

#[test]
fn bad_input_050_names_sizes_and_bombs() {
    on_every_engine(async |app: &mut TestApp| {
        let (uploaded, file) = served(app, "../../a\u{202e}gpj.exe", b"MZ").await;
        assert_eq!(uploaded.json()["name"], "agpj.exe");
        assert!(file.header("content-disposition").contains("agpj.exe"));
        upload(app, "empty", b"").await.is(422, "invalid");
        let too_many = bomb();
        upload(app, "bomb.png", &too_many).await.is(422, "too_long");
        let limit = app.engine.settings.uploads.bytes_max;
        upload(app, "large", &vec![b'x'; limit + 1]).await.is(413, "body_too_large");
        let client = &app.people.agent;
        let json = client.send(Method::POST, ROUTE, Some("application/json"), "{}").await;
        json.is(415, "unsupported_media_type");
        let form = Some("multipart/form-data; boundary=x");
        let broken = client.send(Method::POST, ROUTE, form, "--x\r\nnonsense").await;
        assert_eq!(broken.status, 400, "{}", broken.json());
        let other = "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--x--\r\n";
        client.send(Method::POST, ROUTE, form, other).await.is(422, "unknown_field");
    });
}

/// A header that promises 60,000 × 60,000 pixels.
fn bomb() -> Vec<u8> {
    let mut bytes = png(1, 1);
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    // The header's checksum is over type and content.
    let mut crc = u32::MAX;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[test]
fn parts_of_a_recording_can_be_asked_for() {
    on_every_engine(async |app: &mut TestApp| {
        let recording = [&b"ID3\x03\x00"[..], &[7; 995]].concat();
        let uploaded = upload(app, "voice.mp3", &recording).await;
        assert_eq!(uploaded.json()["kind"], "audio");
        let url = uploaded.json()["url"].as_str().unwrap().to_owned();
        let part = app.nobody().with("range", "bytes=10-19").get(&url).await;
        assert_eq!((part.status.as_u16(), part.bytes.len()), (206, 10));
        assert_eq!(part.header("content-range"), "bytes 10-19/1000");
        assert_eq!(app.nobody().with("range", "bytes=5000-").get(&url).await.status, 416);
    });
}

#[test]
fn bad_input_024_only_the_address_opens_a_file() {
    on_every_engine(async |app: &mut TestApp| {
        app.nobody().get("/files/nonsense/x.png").await.is(404, "not_found");
        app.nobody().upload(ROUTE, "x", b"x").await.is(401, "session_required");
        app.people.reader.upload(ROUTE, "x", b"x").await.is(403, "scope_missing");
    });
}

#[test]
fn a_file_without_a_message_is_gone_after_a_day() {
    on_every_engine(async |app: &mut TestApp| {
        let uploaded = upload(app, "photo.png", &png(700, 700)).await;
        let url = uploaded.json()["url"].as_str().unwrap().to_owned();
        tertulia_engine::attachments::purge(&app.engine).await.unwrap();
        assert_eq!(app.nobody().get(&url).await.status, 200);
        let day = std::time::Duration::from_secs(app.engine.settings.uploads.loose_secs + 1);
        app.clock.advance(day);
        assert_eq!(tertulia_engine::attachments::purge(&app.engine).await.unwrap(), 1);
        app.nobody().get(&url).await.is(404, "not_found");
    });
}
