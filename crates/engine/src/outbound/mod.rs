//! Messages on their way out: queued with the message, delivered by a job, recorded as reported.

mod deliver;
mod dispatch;
mod report;

pub(crate) use dispatch::{dispatch, enqueue};
pub(crate) use report::{Words, report, report_with};

pub use deliver::{DELIVER, Delivery, deliver};
