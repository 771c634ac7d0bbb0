//! `POST contacts/import`: contacts from a CSV file. Rows that make no sense are left out.

use axum::extract::State;
use tertulia_engine::contacts::{self, Import};

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, Fields, Refusal};

/// Chatwoot's name of a column, and ours.
const PHONE: (&[u8], &[u8]) = (b"phone_number", b"phone");

pub(super) async fn import(
    Caller(ctx): Caller,
    State(app): State<App>,
    mut fields: Fields,
) -> Result<Empty, Refusal> {
    let file = fields.files("import_file").into_iter().next();
    let file = file.ok_or_else(|| Refusal::unprocessable("File is blank"))?;
    let command = Import { bytes: with_our_names(&file.bytes), dry_run: false, partial: true };
    contacts::import(&app.engine, &ctx, command).await?;
    Ok(Empty)
}

/// The file with the one column renamed that both sides have under different names.
fn with_our_names(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (head, rest) = bytes.split_at(end);
    let (theirs, ours) = PHONE;
    let found = head.windows(theirs.len()).position(|window| window == theirs);
    let Some(at) = found else { return bytes.to_vec() };
    let (before, named) = head.split_at(at);
    let after = named.get(theirs.len()..).unwrap_or_default();
    [before, ours, after, rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_head_of_the_file_is_changed() {
        let file = b"name,phone_number\nphone_number,1\n";
        assert_eq!(with_our_names(file), b"name,phone\nphone_number,1\n");
        assert_eq!(with_our_names(b"name"), b"name");
    }
}
