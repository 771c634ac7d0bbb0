//! How much one visitor and one network address may do; counted in this process.

use std::sync::Arc;
use std::time::Duration;

use tertulia_domain::{Clock, IdentityId};

use crate::Result;
use crate::gate::Tries;

/// Openings of the widget that are told; each is a row of the journal.
const OPENS_PER_VISITOR_PER_MINUTE_MAX: u32 = 6;

/// Limits of the widget API. 0 means no limit. All come back evenly within the time they are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorLimits {
    /// New visitors from one network address in an hour.
    pub begins_per_ip_per_hour_max: u32,
    /// Proofs of identity from one network address in an hour.
    pub proofs_per_ip_per_hour_max: u32,
    /// Messages, edits and reactions of one visitor in a minute.
    pub messages_per_visitor_per_minute_max: u32,
    /// Messages, edits and reactions from one network address in a minute; an office shares one.
    pub messages_per_ip_per_minute_max: u32,
    /// Files of one visitor in a minute.
    pub uploads_per_visitor_per_minute_max: u32,
    /// Everything else of one visitor in a minute: reading, read marks, typing, pages.
    pub requests_per_visitor_per_minute_max: u32,
}

/// The counters.
pub struct Limits {
    begins: Tries<String>,
    proofs: Tries<String>,
    messages: Tries<IdentityId>,
    messages_by_ip: Tries<String>,
    uploads: Tries<IdentityId>,
    requests: Tries<IdentityId>,
    opens: Tries<IdentityId>,
}

impl Default for VisitorLimits {
    fn default() -> Self {
        Self {
            begins_per_ip_per_hour_max: 120,
            proofs_per_ip_per_hour_max: 600,
            messages_per_visitor_per_minute_max: 60,
            messages_per_ip_per_minute_max: 600,
            uploads_per_visitor_per_minute_max: 20,
            requests_per_visitor_per_minute_max: 300,
        }
    }
}

impl Limits {
    pub(crate) fn new(limits: &VisitorLimits, clock: &Arc<dyn Clock>) -> Self {
        const MINUTE: Duration = Duration::from_secs(60);
        const HOUR: Duration = Duration::from_secs(3_600);
        let by_ip = |max, window| Tries::new(max, window, Arc::clone(clock));
        let by_visitor = |max| Tries::new(max, MINUTE, Arc::clone(clock));
        Self {
            begins: by_ip(limits.begins_per_ip_per_hour_max, HOUR),
            proofs: by_ip(limits.proofs_per_ip_per_hour_max, HOUR),
            messages: by_visitor(limits.messages_per_visitor_per_minute_max),
            messages_by_ip: by_ip(limits.messages_per_ip_per_minute_max, MINUTE),
            uploads: by_visitor(limits.uploads_per_visitor_per_minute_max),
            requests: by_visitor(limits.requests_per_visitor_per_minute_max),
            opens: by_visitor(OPENS_PER_VISITOR_PER_MINUTE_MAX),
        }
    }

    pub(super) fn begin(&self, ip: &str) -> Result<()> {
        self.begins.count(ip.to_owned())
    }

    pub(super) fn proof(&self, ip: &str) -> Result<()> {
        self.proofs.count(ip.to_owned())
    }

    /// Counts a message, edit, deletion or reaction.
    pub fn message(&self, visitor: IdentityId, ip: &str) -> Result<()> {
        self.messages.count(visitor)?;
        self.messages_by_ip.count(ip.to_owned())
    }

    /// Counts a file.
    pub fn upload(&self, visitor: IdentityId) -> Result<()> {
        self.uploads.count(visitor)
    }

    /// Counts an opening of the widget.
    pub(super) fn open(&self, visitor: IdentityId) -> Result<()> {
        self.opens.count(visitor)
    }

    /// Counts any other request.
    pub fn request(&self, visitor: IdentityId) -> Result<()> {
        self.requests.count(visitor)
    }
}
