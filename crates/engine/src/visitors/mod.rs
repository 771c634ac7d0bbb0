//! Visitors of websites: who they are, and what proves it.
//!
//! A random token stands for one identity in one widget. An identity is either anonymous
//! (`visitor:…`) or proven by the website (`user:…`, an HMAC over the website's own id).
//! What a visitor types (name, e-mail, phone) is only shown to agents: it never opens a history.
//!
//! When an anonymous visitor proves who it is, its history is carried over if that person is new
//! here: the contact becomes that person, in the same room. If the person is known already, both
//! are kept: the person's own history opens, and what was written before stays with the anonymous
//! contact, where agents see it and may merge the two. Doing that by itself would give whatever was
//! written at a shared computer to the next one who signs in there.

mod authenticate;
mod begin;
pub mod customers;
mod enter;
mod identify;
mod limits;
mod opened;
mod origin;
mod page;
mod profile;
mod proof;
mod token;
mod update;
mod visit;

use serde::{Deserialize, Serialize};

use crate::views::VisitorView;

pub use authenticate::{Visitor, authenticate, recognise};
pub use begin::{Begin, begin};
pub use identify::identify;
pub use limits::{Limits, VisitorLimits};
pub use opened::opened;
pub use origin::allows;
pub use page::Page;
pub use profile::Profile;
pub use proof::Proof;
pub use token::hash as token_hash;
pub use update::update;
pub use visit::visit;

/// A visitor and the secret that stands for it; the secret is shown only here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Admitted {
    pub token: String,
    pub visitor: VisitorView,
}
