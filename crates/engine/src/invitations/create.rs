//! An invitation for an e-mail address.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::Role;
use tertulia_domain::{Timestamp, UserId};
use tertulia_store::invitations::{self, NewInvitation};
use tertulia_store::{credentials, users};

use crate::views::InvitationView;
use crate::{Change, Ctx, Engine, Error, Fact, Result, check, secret};

/// How long an invitation is good.
const INVITATION_SECS: u64 = 72 * 60 * 60;

/// Whom to invite as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub email: String,
    pub role: Role,
}

/// The view without its link, and which link it was: the link itself is nowhere stored.
#[derive(Serialize, Deserialize)]
struct Made {
    view: InvitationView,
    hash: String,
}

/// Invites; what was sent to the same address before stops working.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<InvitationView> {
    ctx.require(Permission::UsersManage)?;
    let inviter = ctx.user().ok_or(Error::NotFound("person"))?;
    let email = check::email("/email", &command.email)?;
    let token = secret::random(engine.entropy.as_ref());
    let hash = secret::hash(&token);
    let (role, wanted) = (command.role, hash.clone());
    let made = engine
        .commit(ctx, move |change| {
            require_stranger(change, &email)?;
            let expires_at = change.now.plus(Duration::from_secs(INVITATION_SECS));
            let view = insert(change, &email, role, inviter, &hash, expires_at)?;
            Ok(Made { view, hash: hash.clone() })
        })
        .await?;
    let link = engine.settings.link(&format!("/invite?token={token}"));
    Ok(InvitationView { url: (made.hash == wanted).then_some(link), ..made.view })
}

fn require_stranger(change: &mut Change<'_, '_>, email: &str) -> Result<()> {
    let Some(person) = credentials::by_email(change.tx, email)? else { return Ok(()) };
    if users::get(change.tx, change.ctx.account_id, person.user_id)?.is_some() {
        let detail = "This person is in the account already.".to_owned();
        return Err(Error::Conflict { code: "conflict", detail });
    }
    Ok(())
}

fn insert(
    change: &mut Change<'_, '_>,
    email: &str,
    role: Role,
    invited_by: UserId,
    token_hash: &str,
    expires_at: Timestamp,
) -> Result<InvitationView> {
    let (account, now) = (change.ctx.account_id, change.now);
    invitations::revoke_for_email(change.tx, account, email, now)?;
    let invitation = NewInvitation { email, role, token_hash, invited_by, expires_at, now };
    let id = invitations::create(change.tx, account, &invitation)?;
    let stored = invitations::get(change.tx, account, id, now)?;
    let view = InvitationView::from(&stored.ok_or(Error::NotFound("invitation"))?);
    let data = json!({"invitation": view});
    change.record(&Fact::new(EventKind::InvitationCreated, data).about(id.0))?;
    Ok(view)
}
