//! Whom a file has spoken about already: nobody is to be spoken about twice.
//!
//! Of two rows about one person the later would undo the earlier, and again on every repetition.

use std::collections::HashMap;

use tertulia_domain::ContactId;

use super::entry::Entry;
use crate::contacts::csv::Rejection;

/// Rows by what they say of whom.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    emails: HashMap<String, usize>,
    /// With whether the row has an e-mail address too: such people may share a telephone.
    phones: HashMap<String, (usize, bool)>,
    contacts: HashMap<ContactId, usize>,
}

impl Seen {
    /// Remembers a row, or refuses it as the repetition of an earlier one.
    pub(super) fn note(&mut self, entry: &Entry) -> Result<(), Rejection> {
        if let Some(email) = &entry.email {
            if let Some(row) = self.emails.get(email) {
                return Err(repeated(entry.row, "email", *row));
            }
            self.emails.insert(email.clone(), entry.row);
        }
        if let Some(phone) = &entry.phone {
            let has_email = entry.email.is_some();
            match self.phones.get(phone) {
                Some((row, other_has)) if !(has_email && *other_has) => {
                    return Err(repeated(entry.row, "phone", *row));
                }
                _ => self.phones.insert(phone.clone(), (entry.row, has_email)),
            };
        }
        Ok(())
    }

    pub(super) fn has(&self, contact: ContactId) -> bool {
        self.contacts.contains_key(&contact)
    }

    /// Remembers the contact that a row was found to be, or refuses a second row of it.
    pub(super) fn claim(&mut self, contact: ContactId, entry: &Entry) -> Result<(), Rejection> {
        let column = if entry.email.is_some() { "email" } else { "phone" };
        match self.contacts.insert(contact, entry.row) {
            Some(row) => Err(repeated(entry.row, column, row)),
            None => Ok(()),
        }
    }
}

fn repeated(row: usize, column: &str, earlier: usize) -> Rejection {
    let detail = format!("row {earlier} is about the same contact");
    Rejection::new(row, Some(column), "duplicate_row", detail)
}
