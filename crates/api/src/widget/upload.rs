//! `POST /widget/v1/attachments`: a file of the visitor, for a message to come.

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use tertulia_engine::attachments;
use tertulia_engine::views::AttachmentView;

use super::guest::Guest;
use crate::app::App;
use crate::attachments::{FileForm, UploadedFile};
use crate::problem::Problem;

/// Upload a file.
///
/// Only the visitor who sent it can tie it to a message; after a day without one it is gone.
#[utoipa::path(
    post,
    path = "/widget/v1/attachments",
    operation_id = "create_widget_attachment",
    tag = "widget",
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 201, body = AttachmentView)),
)]
pub(super) async fn create_widget_attachment(
    guest: Guest,
    State(app): State<App>,
    request: Request,
) -> Result<(StatusCode, Json<AttachmentView>), Problem> {
    // Who may not send is refused before the bytes are read.
    guest.require_writer(&app)?;
    app.engine.visitor_limits.upload(guest.visitor.identity_id)?;
    let UploadedFile(file) = UploadedFile::from_request(request, &app).await?;
    let view = attachments::upload(&app.engine, guest.ctx(), file).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
