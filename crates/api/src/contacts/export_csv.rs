//! `GET /v1/contacts/export`: all contacts as a CSV file.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use tertulia_engine::contacts;

use crate::app::App;
use crate::extract::Auth;
use crate::problem::Problem;

/// All contacts as a CSV file, which an import takes back. The journal says who asked for it.
///
/// A cell that a spreadsheet would run as a formula begins with an apostrophe.
/// Needs the permission `contacts:manage`.
#[utoipa::path(
    get,
    path = "/v1/contacts/export",
    operation_id = "export_contacts",
    tag = "contacts",
    responses((status = 200, body = String, content_type = "text/csv")),
)]
pub(super) async fn export_contacts(
    Auth(ctx): Auth,
    State(app): State<App>,
) -> Result<impl IntoResponse, Problem> {
    let file = contacts::export_csv(&app.engine, &ctx).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"contacts.csv\""),
    ];
    Ok((headers, file))
}
