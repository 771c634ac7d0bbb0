//! A new session, inside the transaction that let the person in.

use std::time::Duration;

use serde_json::json;
use tertulia_domain::UserId;
use tertulia_domain::event::EventKind;
use tertulia_store::sessions::{self, NewSession};

use super::SESSION_SECS_MAX;
use crate::views::MeView;
use crate::{Change, Fact, Result};

/// The browser that signs in, as its request shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    pub ip: String,
    pub user_agent: String,
}

/// A session that was opened: its secret, and who is in.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedIn {
    pub token: String,
    pub me: MeView,
}

/// Opens a session in the account of the change.
pub(crate) fn open(
    change: &mut Change<'_, '_>,
    user: UserId,
    browser: &Browser,
    token_hash: &str,
) -> Result<()> {
    let session = sessions::create(
        change.tx,
        &NewSession {
            token_hash,
            user_id: user,
            account_id: change.ctx.account_id,
            user_agent: &browser.user_agent,
            ip: &browser.ip,
            now: change.now,
            expires_at: change.now.plus(Duration::from_secs(SESSION_SECS_MAX)),
        },
    )?;
    let data = json!({"session_id": session, "user_id": user});
    change.record(&Fact::new(EventKind::SessionCreated, data).about(session.0))?;
    Ok(())
}
