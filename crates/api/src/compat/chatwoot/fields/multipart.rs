//! Forms with files, as most clients send messages: with or without a length, with or without files.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde_json::Value;
use tertulia_engine::attachments::Upload;

use super::{Fields, File, Refusal, brackets};
use crate::app::App;

/// Files of one message, as in Chatwoot.
const FILES_MAX: usize = 15;
/// Fields that are no files.
const TEXTS_MAX: usize = 500;
/// All files of one form together.
const FILES_BYTES_MAX: usize = 67_108_864;

/// Reads a form, bounded by the limit of a file, of a JSON body for the rest, and in number.
pub(super) async fn read(request: Request, app: &App, into: &mut Fields) -> Result<(), Refusal> {
    let mut form = Multipart::from_request(request, app)
        .await
        .map_err(|rejection| unreadable(&rejection.body_text()))?;
    let mut left = Left {
        file_bytes: app.engine.settings.uploads.bytes_max,
        files_bytes: FILES_BYTES_MAX,
        texts_bytes: app.settings.limits.json_bytes_max,
        texts: TEXTS_MAX,
    };
    let mut values = serde_json::Map::new();
    while let Some(part) = form.next_field().await.map_err(|error| broken(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some_and(|file| !file.is_empty()) {
            let field = name.trim_end_matches("[]").to_owned();
            if into.files.len() == FILES_MAX {
                return Err(Refusal::wrong(&field, &format!("has more than {FILES_MAX} files")));
            }
            let upload = file(part, &field, &mut left).await?;
            into.files.push(File { field, upload });
        } else {
            let text = text(part, &name, &mut left).await?;
            brackets::put(&mut values, &name, Value::from(text))?;
        }
    }
    into.values.extend(values);
    Ok(())
}

/// How much may still come.
struct Left {
    file_bytes: usize,
    files_bytes: usize,
    texts_bytes: usize,
    texts: usize,
}

async fn file(part: Field<'_>, field: &str, left: &mut Left) -> Result<Upload, Refusal> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let bytes = collect(part, field, left.file_bytes.min(left.files_bytes)).await?;
    left.files_bytes = left.files_bytes.saturating_sub(bytes.len());
    Ok(Upload { name, bytes: bytes.into() })
}

async fn text(part: Field<'_>, name: &str, left: &mut Left) -> Result<String, Refusal> {
    left.texts = left.texts.checked_sub(1).ok_or_else(|| unreadable("it has too many fields"))?;
    let bytes = collect(part, name, left.texts_bytes).await?;
    left.texts_bytes = left.texts_bytes.saturating_sub(bytes.len());
    String::from_utf8(bytes).map_err(|_| Refusal::wrong(name, "is not UTF-8"))
}

async fn collect(mut part: Field<'_>, name: &str, bytes_max: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len().saturating_add(chunk.len()) > bytes_max {
            let sentence = format!("{name} is larger than {bytes_max} bytes");
            return Err(Refusal::error(StatusCode::PAYLOAD_TOO_LARGE, &sentence));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn broken(error: &MultipartError) -> Refusal {
    unreadable(&error.body_text())
}

fn unreadable(why: &str) -> Refusal {
    Refusal::error(StatusCode::BAD_REQUEST, &format!("The form cannot be read: {why}"))
}
