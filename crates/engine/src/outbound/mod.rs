//! Messages on their way out: queued with the message, delivered by a job, recorded as reported.

mod amend;
mod call;
mod deliver;
mod dispatch;
mod errand;
mod outcome;
mod pace;
mod reach;
mod report;
mod way;

pub(crate) use amend::{Amendment, amend};
pub(crate) use dispatch::{dispatch, enqueue};
pub(crate) use errand::run_errand;
pub(crate) use reach::{lose, regain};
pub(crate) use report::{Words, report, report_with};

pub use amend::{AMEND, deliver_amendment};
pub use deliver::{DELIVER, Delivery, deliver};
pub use errand::{ERRAND, errand, show_typing};
