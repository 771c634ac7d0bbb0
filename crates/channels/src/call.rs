//! Calls to a provider, as a channel makes them without having a file's bytes in its hands.

use bytes::Bytes;
use tertulia_net::{Error, Request, multipart};

use crate::outgoing::SendError;

/// One call of a delivery. Several calls are made in order, each only when the one before is known to
/// have gone through.
#[derive(Debug)]
pub struct Call {
    pub body: CallBody,
    /// The same without formatting, for a provider that refuses the formatting.
    pub plain: Option<CallBody>,
}

/// What is sent.
#[derive(Debug, Clone)]
pub enum CallBody {
    Ready(Box<Request>),
    /// A form with files, whose bytes the caller has.
    Form(Box<Form>),
}

/// A form to fill in with files.
#[derive(Debug, Clone)]
pub struct Form {
    /// Everything but the body.
    pub request: Request,
    pub fields: Vec<(&'static str, String)>,
    pub files: Vec<FormFile>,
}

/// A file of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFile {
    pub field: String,
    /// Which file of the message.
    pub index: usize,
    pub name: String,
    pub content_type: String,
}

impl Call {
    /// A call whose body is there already.
    #[must_use]
    pub fn ready(request: Request) -> Self {
        Self { body: CallBody::Ready(Box::new(request)), plain: None }
    }

    /// How many messages come of it.
    #[must_use]
    pub fn messages(&self) -> u32 {
        u32::try_from(self.files().len()).unwrap_or(u32::MAX).max(1)
    }

    /// Which files of the message the call carries.
    #[must_use]
    pub fn files(&self) -> Vec<usize> {
        match &self.body {
            CallBody::Ready(_) => Vec::new(),
            CallBody::Form(form) => form.files.iter().map(|file| file.index).collect(),
        }
    }
}

impl CallBody {
    /// The request, with the bytes of [`Call::files`] in their order.
    pub(crate) fn request(self, files: &Files<'_>) -> Result<Request, SendError> {
        match self {
            CallBody::Ready(request) => Ok(*request),
            CallBody::Form(form) => fill(*form, files).map_err(|error| SendError::Rejected {
                code: "not_sendable".to_owned(),
                detail: error.to_string(),
            }),
        }
    }
}

/// The bytes of a call's files, in the order of [`Call::files`], and what separates them.
#[derive(Debug, Default)]
pub struct Files<'a> {
    pub bytes: Vec<Bytes>,
    /// Random text that occurs in none of them.
    pub boundary: &'a str,
}

fn fill(form: Form, files: &Files<'_>) -> Result<Request, Error> {
    let mut body = multipart::Body::new(files.boundary);
    for (name, value) in &form.fields {
        body.field(name, value);
    }
    for (file, bytes) in form.files.iter().zip(&files.bytes) {
        body.file(&file.field, &file.name, &file.content_type, bytes);
    }
    form.request.header("content-type", &body.content_type()).map(|r| r.body(body.finish()))
}
