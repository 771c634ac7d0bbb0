//! Opaque cursors of lists: the place after which a page goes on, bound to the query that made it.
//!
//! The checksum finds slips (a changed filter, a cut-off address), not attacks: a forged place shows
//! nothing that the caller may not list anyway, because every list is filtered by what they may see.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// Bytes of the checksum in front of the place.
const CHECKSUM_BYTES: usize = 8;

/// Writes a place.
pub(crate) fn encode<T: Serialize>(bound: &str, place: &T) -> Result<String, Problem> {
    let place = serde_json::to_vec(place).map_err(|e| Problem::internal(e.to_string()))?;
    let mut bytes = checksum(bound, &place).to_vec();
    bytes.extend(place);
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Reads a place; refuses one that another query made.
pub(crate) fn decode<T: DeserializeOwned>(bound: &str, text: &str) -> Result<T, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| invalid())?;
    let (sum, place) = bytes.split_at_checked(CHECKSUM_BYTES).ok_or_else(invalid)?;
    if sum != checksum(bound, place) {
        return Err(invalid());
    }
    serde_json::from_slice(place).map_err(|_| invalid())
}

/// The refusal of a cursor.
pub(crate) fn invalid() -> Problem {
    let detail = "The cursor is damaged, or was made by another query.";
    Problem::bad_request("cursor_invalid", detail)
        .at("?cursor")
        .hint("Start again without a cursor, with the same filters on every page.")
}

fn checksum(bound: &str, place: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let digest = Sha256::new().chain_update(bound).chain_update([0]).chain_update(place).finalize();
    let mut sum = [0; CHECKSUM_BYTES];
    sum.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_works_only_for_the_query_that_made_it() {
        let cursor = encode("/v1/users?role=agent", &(7, "x")).unwrap();
        assert_eq!(decode::<(i64, String)>("/v1/users?role=agent", &cursor).unwrap().0, 7);
        assert!(decode::<(i64, String)>("/v1/users", &cursor).is_err());
        assert!(decode::<(i64, String)>("/v1/users?role=agent", cursor.get(1..).unwrap()).is_err());
        assert!(decode::<(i64, String)>("/v1/users?role=agent", "").is_err());
    }
}
