//! `POST /v1/contacts/import`: contacts from a CSV file.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use tertulia_engine::contacts::{self, ImportReport};
use utoipa::IntoParams;

use crate::app::App;
use crate::extract::{Auth, Query, RawBody};
use crate::problem::Problem;

/// How to import.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct How {
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
    /// Take the rows that are fine though others are refused.
    #[serde(default)]
    partial: bool,
}

/// Makes and updates contacts from a CSV file.
///
/// The columns are `name`, `email`, `phone`, `locale`, `labels` and `attributes.<key>`.
/// A contact is recognised by its e-mail address, else by its telephone number; an empty cell changes
/// nothing. While a row is refused nothing is written, unless `partial` is set. A file that comes
/// twice changes nothing the second time.
/// Needs the permission `contacts:manage`.
#[utoipa::path(
    post,
    path = "/v1/contacts/import",
    operation_id = "import_contacts",
    tag = "contacts",
    params(How),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportReport)),
)]
pub(super) async fn import_contacts(
    Auth(ctx): Auth,
    State(app): State<App>,
    Query(how): Query<How>,
    body: RawBody,
) -> Result<Json<ImportReport>, Problem> {
    body.require(&["text/csv", "application/csv", "text/plain"])?;
    let (dry_run, partial) = (how.dry_run, how.partial);
    let command = contacts::Import { bytes: body.bytes.into(), dry_run, partial };
    Ok(Json(contacts::import(&app.engine, &ctx, command).await?))
}
