//! A person takes control, whoever holds it; an app speaks only where it holds control or nobody does.

use tertulia_domain::access::Permission;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::control::{ControlVerb, Holder};
use tertulia_domain::conversation::{Conversation, ParticipantKind, ParticipantRole};
use tertulia_domain::delivery::{DeliveryStatus, Report};
use tertulia_domain::{AppId, ConversationId, UserId};
use tertulia_store::{apps, messages, participants, users};

use super::set;
use crate::conversations::closed;
use crate::outbound::{Words, report_with};
use crate::views::ConversationView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Takes control of the conversation.
pub async fn take(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    let user = ctx.user().ok_or_else(|| {
        Error::conflict("not_in_control", "only a person takes control; an app may ask for it")
    })?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.resolved_at.is_some() {
                return Err(closed(change, &conversation));
            }
            take_over(change, &mut conversation, user)?;
            change.changed(&mut conversation)
        })
        .await
}

/// The person speaks from now on; says whether that changed anything. What the app before it has not
/// sent yet is called back.
pub(crate) fn take_over(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    user: UserId,
) -> Result<bool> {
    let before = conversation.control.holder;
    let next = conversation.control.take(user);
    if !set(change, conversation, next, ControlVerb::Take, None)? {
        return Ok(false);
    }
    if let Holder::App(app) = before {
        call_back(change, conversation, app)?;
        join(change, conversation.id, app, ParticipantRole::Assistant)?;
    }
    change.join_as_agent(conversation.id, user)?;
    let params = [("user_id", user.to_string()), ("user_name", change.ctx.name.clone())];
    change.activity(conversation, ActivityAction::Control, &params)?;
    Ok(true)
}

/// Whether an app may speak to the customer now. Where nobody does it begins to, and people stay asked
/// for; it never takes control from a person or from another app. Says whether that changed anything.
pub(crate) fn speak_as_app(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    app: AppId,
) -> Result<bool> {
    match conversation.control.holder {
        Holder::App(holder) if holder == app => Ok(false),
        Holder::Nobody => {
            let next = conversation.control.step_in(app, change.now);
            join(change, conversation.id, app, ParticipantRole::Primary)?;
            set(change, conversation, next, ControlVerb::Pass, None)
        }
        holder @ (Holder::App(_) | Holder::Agent(_)) => {
            let holder = holder_name(change, holder)?;
            Err(Error::NotInControl { holder, epoch: conversation.control.epoch })
        }
    }
}

/// An app takes part in the conversation.
pub(super) fn join(
    change: &mut Change<'_, '_>,
    id: ConversationId,
    app: AppId,
    role: ParticipantRole,
) -> Result<()> {
    let who = (ParticipantKind::App, app.0);
    Ok(participants::join(change.tx, change.ctx.account_id, id, who, role, change.now)?)
}

fn holder_name(change: &mut Change<'_, '_>, holder: Holder) -> Result<String> {
    let account = change.ctx.account_id;
    let name = match holder {
        Holder::Nobody => None,
        Holder::App(id) => apps::get(change.tx, account, id)?.map(|app| app.name),
        Holder::Agent(id) => users::get(change.tx, account, id)?.map(|user| user.name),
    };
    Ok(name.unwrap_or_else(|| "somebody else".to_owned()))
}

fn call_back(change: &mut Change<'_, '_>, conversation: &Conversation, app: AppId) -> Result<()> {
    let account = change.ctx.account_id;
    for mut message in messages::queued_by_app(change.tx, account, conversation.room_id, app)? {
        let detail = "a person took control before it was sent".to_owned();
        let words = Words { code: Some("control_taken".to_owned()), detail: Some(detail) };
        let report = Report::Known(DeliveryStatus::Canceled);
        report_with(change, &mut message, report, words)?;
    }
    Ok(())
}
