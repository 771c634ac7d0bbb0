//! A reset link for a member.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tertulia_domain::UserId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::user::OneTimePurpose;
use tertulia_store::one_time::{self, Whom};
use tertulia_store::{Scope, users};

use crate::users::require_own;
use crate::views::PasswordResetView;
use crate::{Ctx, Engine, Error, Fact, Result, secret};

/// How long a link is good.
const LINK_SECS: u64 = 24 * 60 * 60;

/// The view without its link, and which link it was: the link itself is nowhere stored.
#[derive(Serialize, Deserialize)]
struct Made {
    view: PasswordResetView,
    hash: String,
}

/// Makes a link; links made before for the same person stop working.
pub async fn create(engine: &Engine, ctx: &Ctx, user: UserId) -> Result<PasswordResetView> {
    ctx.require(Permission::UsersManage)?;
    let account = ctx.account_id;
    engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            users::get(tx, account, user)?.ok_or(Error::NotFound("user"))
        })
        .await?;
    require_own(engine, ctx, user).await?;
    let token = secret::random(engine.entropy.as_ref());
    let hash = secret::hash(&token);
    let wanted = hash.clone();
    let made = engine
        .commit(ctx, move |change| {
            let purpose = OneTimePurpose::PasswordReset;
            one_time::revoke(change.tx, purpose, Some(user), change.now)?;
            let expires_at = change.now.plus(Duration::from_secs(LINK_SECS));
            let whom = Whom { user_id: Some(user) };
            one_time::create(change.tx, &hash, purpose, whom, expires_at)?;
            let data = json!({"user_id": user, "expires_at": expires_at});
            change.record(&Fact::new(EventKind::PasswordResetCreated, data).about(user.0))?;
            let view = PasswordResetView { url: None, expires_at };
            Ok(Made { view, hash: hash.clone() })
        })
        .await?;
    let link = engine.settings.link(&format!("/reset?token={token}"));
    Ok(PasswordResetView { url: (made.hash == wanted).then_some(link), ..made.view })
}
