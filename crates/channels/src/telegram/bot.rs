//! A bot as the other end of calls: its address, its token, and what a method is called with.

use std::time::Duration;

use serde_json::Value;
use tertulia_domain::inbox::{Inbox, InboxSettings, ProviderToken};
use tertulia_net::{Error, Request};

use crate::call::{Form, FormFile};
use crate::outgoing::SendError;

/// Where the Bot API is, unless an installation has its own.
pub const BASE_URL: &str = "https://api.telegram.org";
/// Time for a call that carries files.
const UPLOAD: Duration = Duration::from_secs(120);

/// Adds a field to a body.
pub(super) fn put(body: &mut Value, name: &str, value: Value) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// Who calls, and where.
pub(super) struct Bot<'a> {
    base_url: &'a str,
    token: &'a ProviderToken,
}

impl<'a> Bot<'a> {
    pub(super) fn new(base_url: &'a str, token: &'a ProviderToken) -> Self {
        Self { base_url: base_url.trim_end_matches('/'), token }
    }

    /// The bot of an inbox.
    pub(super) fn of(inbox: &'a Inbox) -> Result<Self, SendError> {
        match (&inbox.settings, &inbox.provider_token) {
            (InboxSettings::Telegram(settings), Some(token)) => {
                Ok(Self::new(&settings.base_url, token))
            }
            _ => Err(SendError::Disconnected { detail: "the inbox has no bot".to_owned() }),
        }
    }

    /// A call of a method.
    pub(super) fn method(&self, name: &str, body: &Value) -> Result<Request, Error> {
        self.post(name)?
            .header("content-type", "application/json")
            .map(|r| r.body(body.to_string()))
    }

    /// A call of a method that carries files.
    pub(super) fn form(
        &self,
        name: &str,
        fields: Vec<(&'static str, String)>,
        files: Vec<FormFile>,
    ) -> Result<Form, Error> {
        Ok(Form { request: self.post(name)?.timeout(UPLOAD), fields, files })
    }

    /// A file that `getFile` has found.
    pub(super) fn file(&self, path: &str) -> Result<Request, Error> {
        Request::get(&format!("{}/file/bot{}/{path}", self.base_url, self.token.reveal()))
    }

    fn post(&self, name: &str) -> Result<Request, Error> {
        let url = format!("{}/bot{}/{name}", self.base_url, self.token.reveal());
        Request::post(&url, Vec::new())
    }
}
