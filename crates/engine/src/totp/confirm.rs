//! Puts the second factor in force with its first code.

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_store::credentials;

use super::factor::{Factor, read_factor, recovery_hash, spend_factor, wrong};
use crate::sessions::end_others;
use crate::views::RecoveryCodesView;
use crate::{Ctx, Engine, Error, Fact, Result};

const RECOVERY_CODES: usize = 10;
/// Random bytes of a recovery code: 80 bits, out of reach of a search over the stored hashes.
const RECOVERY_BYTES: usize = 10;

/// Confirms with a code, ends all other sessions, and answers the recovery codes.
pub async fn confirm(engine: &Engine, ctx: &Ctx, code: String) -> Result<RecoveryCodesView> {
    let (user, session) = ctx.browser()?;
    engine.gate.confirm(&format!("user:{user}"))?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(engine)).collect();
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
    engine
        .commit(&ctx.unrepeatable(), move |change| {
            let found = credentials::get(change.tx, user)?;
            let person = found.ok_or(Error::NotFound("person"))?;
            if person.totp_enabled || person.totp_secret.is_none() {
                let detail = "There is no second factor that waits to be confirmed.".to_owned();
                return Err(Error::Conflict { code: "conflict", detail });
            }
            match read_factor(&person, &code, change.now)? {
                factor @ Factor::Step(_) => spend_factor(change.tx, user, &factor)?,
                Factor::Recovery(_) => return Err(wrong()),
            }
            credentials::enable_totp(change.tx, user, &hashes, change.now)?;
            end_others(change, user, Some(session))?;
            let data = json!({"user_id": user});
            change.record(&Fact::new(EventKind::TotpEnabled, data).about(user.0))?;
            Ok(())
        })
        .await?;
    Ok(RecoveryCodesView { recovery_codes: codes })
}

/// Four groups of four letters and digits.
fn recovery_code(engine: &Engine) -> String {
    let mut bytes = [0; RECOVERY_BYTES];
    engine.entropy.fill(&mut bytes);
    let text = totp_rs::Secret::from(bytes.as_slice()).to_base32().to_ascii_lowercase();
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}
