//! Messages on their way out: queued with the message, delivered by a job, recorded as reported.

mod amend;
mod deliver;
mod dispatch;
mod report;

pub(crate) use amend::{Amendment, amend};
pub(crate) use dispatch::{dispatch, enqueue};
pub(crate) use report::{Words, report, report_with};

pub use amend::{AMEND, deliver_amendment};
pub use deliver::{DELIVER, Delivery, deliver};
