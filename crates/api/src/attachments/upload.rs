//! `POST /v1/attachments`: a file for a message to come.

use axum::Json;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::http::{StatusCode, header};
use tertulia_engine::attachments::{self, Upload};
use tertulia_engine::views::AttachmentView;
use utoipa::ToSchema;

use crate::app::App;
use crate::extract::{Auth, too_large, unsupported};
use crate::problem::Problem;

const PART: &str = "file";

/// The form's one part, for the OpenAPI document.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; `UploadedFile` reads it")]
pub(crate) struct FileForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// The part `file` of a form, read up to the limit.
pub(crate) struct UploadedFile(pub(crate) Upload);

/// Upload a file.
///
/// It is tied to a message by its `token`, and gone after a day if no message takes it.
/// Needs the permission `conversations:write`.
#[utoipa::path(
    post,
    path = "/v1/attachments",
    operation_id = "create_attachment",
    tag = "attachments",
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 201, body = AttachmentView)),
)]
pub(super) async fn create_attachment(
    Auth(ctx): Auth,
    State(app): State<App>,
    UploadedFile(file): UploadedFile,
) -> Result<(StatusCode, Json<AttachmentView>), Problem> {
    let view = attachments::upload(&app.engine, &ctx, file).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

impl FromRequest<App> for UploadedFile {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().starts_with(b"multipart/form-data"));
        if !is_form {
            return Err(unsupported(&["multipart/form-data"]));
        }
        let bytes_max = app.engine.settings.uploads.bytes_max;
        let mut form = Multipart::from_request(request, app)
            .await
            .map_err(|rejection| malformed(&rejection.body_text()))?;
        let mut file = None;
        while let Some(part) = form.next_field().await.map_err(|e| unreadable(&e))? {
            if part.name() != Some(PART) || file.is_some() {
                let detail = "The form has one part, named `file`.";
                return Err(Problem::invalid("unknown_field", "", detail));
            }
            file = Some(read(part, bytes_max).await?);
        }
        file.map(Self).ok_or_else(|| {
            Problem::invalid("invalid", "/file", "The form has no part named `file`.")
        })
    }
}

async fn read(mut part: Field<'_>, bytes_max: usize) -> Result<Upload, Problem> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|e| unreadable(&e))? {
        if bytes.len() + chunk.len() > bytes_max {
            return Err(too_large(bytes_max));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Upload { name, bytes: bytes.into() })
}

fn unreadable(error: &MultipartError) -> Problem {
    malformed(&error.body_text())
}

fn malformed(detail: &str) -> Problem {
    Problem::bad_request("invalid", format!("The form cannot be read: {detail}."))
}
