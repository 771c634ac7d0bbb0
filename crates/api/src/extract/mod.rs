//! What handlers take: who asks, and a strictly read body, query, path or page.

mod auth;
mod body;
mod client;
mod origin;
mod page;
mod path;
mod query;

pub(crate) use auth::{Auth, bearer};
pub(crate) use body::{Body, RawBody, read_body, too_large, unsupported};
pub(crate) use client::{Client, RequestId};
pub(crate) use origin::{is_same_origin, require_same_origin};
pub(crate) use page::{List, Listing, NoFilter, PageParams};
pub(crate) use path::Path;
pub(crate) use query::Query;
