//! What a request says, however it says it: query, JSON, form-urlencoded or multipart.
//!
//! Chatwoot takes all of them for everything, flat or wrapped under the name of the resource, ignores
//! what it does not know, and reads numbers and flags out of text.

mod brackets;
mod multipart;
mod read;

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};
use tertulia_engine::attachments::Upload;
use url::form_urlencoded;

use super::Refusal;
use crate::app::App;
use crate::extract::read_body;
use crate::strict_json;

/// Everything that a request says besides its path. What the body says wins over the query.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    values: Map<String, Value>,
    files: Vec<File>,
}

/// A file of a form, under the name of its field without brackets.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) field: String,
    pub(super) upload: Upload,
}

impl FromRequest<App> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let mut fields = Fields::default();
        fields.take_form(query.as_bytes())?;
        match media_type(request.headers()).as_str() {
            "multipart/form-data" => multipart::read(request, app, &mut fields).await?,
            media_type => {
                let bytes =
                    read_body(request.into_body(), app.settings.limits.json_bytes_max).await?;
                fields.take_body(media_type, &bytes)?;
            }
        }
        Ok(fields)
    }
}

impl From<Map<String, Value>> for Fields {
    /// The fields of a thing inside another one.
    fn from(values: Map<String, Value>) -> Self {
        Self { values, files: Vec::new() }
    }
}

impl Fields {
    /// The fields, with those that are wrapped under the name of the resource in their place too.
    pub(super) fn of(mut self, resource: &str) -> Self {
        if let Some(Value::Object(wrapped)) = self.values.get(resource).cloned() {
            self.values.extend(wrapped);
        }
        self
    }

    /// The files of a field.
    pub(super) fn files(&mut self, field: &str) -> Vec<Upload> {
        let (these, others) =
            std::mem::take(&mut self.files).into_iter().partition(|f| f.field == field);
        self.files = others;
        let these: Vec<File> = these;
        these.into_iter().map(|file| file.upload).collect()
    }

    fn take_body(&mut self, media_type: &str, bytes: &[u8]) -> Result<(), Refusal> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        if media_type == "application/x-www-form-urlencoded" {
            return self.take_form(bytes);
        }
        let looks_like_json = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
        let is_json = media_type == "application/json" || media_type.ends_with("+json");
        if !is_json && !looks_like_json {
            let sentence = "The Content-Type must be application/json, application/x-www-form-urlencoded or multipart/form-data";
            return Err(Refusal::error(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
        }
        // Rails puts a bare list under a name that nothing reads.
        if let Value::Object(body) = strict_json::read::<Value>(bytes)? {
            self.values.extend(body);
        }
        Ok(())
    }

    fn take_form(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let mut form = Map::new();
        for (name, value) in form_urlencoded::parse(text) {
            brackets::put(&mut form, &name, Value::from(value.into_owned()))?;
        }
        self.values.extend(form);
        Ok(())
    }
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
