//! `GET /v1/conversations`: the conversations of the inboxes that one may see.

use axum::extract::State;
use serde::Deserialize;
use tertulia_domain::access::Permission;
use tertulia_domain::conversation::Priority;
use tertulia_domain::status::Status;
use tertulia_domain::{ContactId, ConversationId, InboxId, TeamId, Timestamp, UserId};
use tertulia_engine::views::ConversationView;
use tertulia_store::Scope;
use tertulia_store::conversations::{self, Filter, Page, Place, Sort, View};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::extract::{Auth, List, Listing, PageParams};
use crate::problem::Problem;

/// Which conversations, in which order.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConversationFilter {
    #[param(inline)]
    view: Option<ViewName>,
    status: Option<Status>,
    inbox_id: Option<InboxId>,
    team_id: Option<TeamId>,
    assignee_id: Option<UserId>,
    /// The name of a label.
    label: Option<String>,
    priority: Option<Priority>,
    contact_id: Option<ContactId>,
    /// Only those with something that you have not read.
    #[serde(default)]
    unread: bool,
    #[param(inline)]
    #[serde(default)]
    sort: SortName,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ViewName {
    Mine,
    Unassigned,
    All,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SortName {
    /// Last active first.
    #[default]
    Newest,
    /// Longest inactive first.
    Oldest,
    /// Only those whose customer waits for an answer, longest first.
    Waiting,
}

/// The conversations of the inboxes that you may see.
///
/// Needs the permission `conversations:read`.
#[utoipa::path(
    get,
    path = "/v1/conversations",
    operation_id = "list_conversations",
    tag = "conversations",
    params(ConversationFilter, PageParams),
    responses((status = 200, body = List<ConversationView>)),
)]
pub(super) async fn list_conversations(
    Auth(ctx): Auth,
    State(app): State<App>,
    listing: Listing<ConversationFilter>,
) -> Result<List<ConversationView>, Problem> {
    ctx.require(Permission::ConversationsRead)?;
    let Listing { page, filter } = listing;
    let sort = match filter.sort {
        SortName::Newest => Sort::Newest,
        SortName::Oldest => Sort::Oldest,
        SortName::Waiting => Sort::Waiting,
    };
    let place = page.after::<(i64, i64)>()?;
    let after = place.map(|(at, id)| Place { at: Timestamp(at), id: ConversationId(id) });
    let wanted = Page { sort, after, limit: page.rows() };
    let filter = Filter::from(filter);
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let found = app
        .engine
        .store
        .read(Scope::Account(account), move |tx| {
            conversations::list(tx, account, viewer, &filter, wanted)
        })
        .await?;
    let list = page.answer(found, |shown| {
        let place = sort.place(&shown.conversation);
        (place.at.0, place.id.0)
    })?;
    Ok(list.map(|shown| ConversationView::from(&shown)))
}

impl From<ConversationFilter> for Filter {
    fn from(filter: ConversationFilter) -> Self {
        Self {
            view: filter.view.and_then(|view| match view {
                ViewName::Mine => Some(View::Mine),
                ViewName::Unassigned => Some(View::Unassigned),
                ViewName::All => None,
            }),
            status: filter.status,
            inbox: filter.inbox_id,
            team: filter.team_id,
            assignee: filter.assignee_id,
            label: filter.label,
            priority: filter.priority,
            contact: filter.contact_id,
            unread: filter.unread,
        }
    }
}
