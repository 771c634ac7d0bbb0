//! Reads a request's parameters in the four ways in which the Bot API takes them: query string,
//! form, multipart and JSON.

use std::collections::BTreeMap;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::methods::Upload;
use super::refusal::Refusal;

/// What bots may upload, with room for the other parts of the request.
const BODY_BYTES_MAX: usize = 51 * 1024 * 1024;
const FILE_BYTES_MAX: usize = 50 * 1024 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) values: Map<String, Value>,
    pub(crate) uploads: BTreeMap<String, Upload>,
}

pub(crate) async fn read(request: Request) -> Result<Parameters, Refusal> {
    let mut parameters = Parameters::default();
    form(request.uri().query().unwrap_or_default().as_bytes(), &mut parameters);
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_lowercase();
    if content_type.starts_with("multipart/form-data") {
        multipart(request, &mut parameters).await?;
        return Ok(parameters);
    }
    let body = to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|_| too_large())?;
    if content_type.starts_with("application/json") {
        json(&body, &mut parameters)?;
    } else {
        form(&body, &mut parameters);
    }
    Ok(parameters)
}

fn too_large() -> Refusal {
    Refusal::new(413, "Request Entity Too Large")
}

fn form(text: &[u8], parameters: &mut Parameters) {
    for (name, value) in url::form_urlencoded::parse(text) {
        parameters.values.insert(name.into_owned(), Value::String(value.into_owned()));
    }
}

fn json(body: &Bytes, parameters: &mut Parameters) -> Result<(), Refusal> {
    if body.is_empty() {
        return Ok(());
    }
    let Ok(Value::Object(values)) = serde_json::from_slice(body) else {
        return Err(Refusal::bad("can't parse JSON object"));
    };
    parameters.values.extend(values);
    Ok(())
}

async fn multipart(request: Request, parameters: &mut Parameters) -> Result<(), Refusal> {
    let unreadable = |_| Refusal::bad("can't parse multipart/form-data");
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Refusal::bad("can't parse multipart/form-data"))?;
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let (file_name, mime) =
            (part.file_name().map(str::to_owned), part.content_type().map(str::to_owned));
        let bytes = part.bytes().await.map_err(|error| match error.status().as_u16() {
            413 => too_large(),
            _ => Refusal::bad("can't parse multipart/form-data"),
        })?;
        if file_name.is_none() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            parameters.values.insert(name, Value::String(text));
            continue;
        }
        if bytes.len() > FILE_BYTES_MAX {
            return Err(too_large());
        }
        parameters.uploads.insert(name, Upload { name: file_name, mime, bytes });
    }
    Ok(())
}
