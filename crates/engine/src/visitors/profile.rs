//! What is told about a visitor, by itself or by the website: shown to agents, believed by nobody.

use serde_json::{Map, Value};
use tertulia_domain::contact::{Contact, NAME_CHARS_MAX};

use crate::Result;
use crate::check::{locale as tag, optional_line};
use crate::contacts::check::{self, PHONE_CHARS_MAX};

/// What is told; `None` changes nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub attributes: Option<Map<String, Value>>,
}

impl Profile {
    /// Trims, and refuses what cannot be stored or shown.
    pub(super) fn tidy(mut self, pointer: &str) -> Result<Self> {
        let at = |name: &str| format!("{pointer}/{name}");
        self.name = line(self.name, NAME_CHARS_MAX, &at("name"))?;
        self.phone = line(self.phone, PHONE_CHARS_MAX, &at("phone"))?;
        if let Some(email) = self.email.take() {
            self.email = check::email(&at("email"), &email)?;
        }
        if let Some(attributes) = &self.attributes {
            check::attributes(&at("attributes"), attributes)?;
        }
        Ok(self)
    }

    /// Changes a contact; says whether anything is different.
    pub(super) fn apply(&self, contact: &mut Contact) -> Result<bool> {
        let before = contact.clone();
        if let Some(name) = &self.name {
            contact.name.clone_from(name);
        }
        if self.email.is_some() {
            contact.email.clone_from(&self.email);
        }
        if self.phone.is_some() {
            contact.phone.clone_from(&self.phone);
        }
        for (key, value) in self.attributes.iter().flatten() {
            contact.attributes.insert(key.clone(), value.clone());
        }
        check::attributes("/attributes", &contact.attributes)?;
        Ok(*contact != before)
    }
}

/// A language tag, or nothing when it does not look like one.
pub(super) fn locale(text: Option<String>) -> Option<String> {
    text.and_then(|text| tag("", &text).ok())
}

/// One line; an empty one tells nothing.
fn line(text: Option<String>, chars_max: usize, pointer: &str) -> Result<Option<String>> {
    let text = text.map(|text| optional_line(pointer, &text, chars_max)).transpose()?;
    Ok(text.filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> Result<Option<String>> {
        let profile = Profile { email: Some(text.to_owned()), ..Profile::default() };
        profile.tidy("").map(|profile| profile.email)
    }

    #[test]
    fn addresses_are_tidied_or_refused() {
        assert_eq!(email(" Ana@Example.COM ").unwrap().as_deref(), Some("ana@example.com"));
        assert_eq!(email("  ").unwrap(), None, "an empty field tells nothing");
        for bad in ["ana", "@example.com", "ana@", "a b@example.com", "a@b.c\0"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn attributes_are_bounded() {
        let many = (0..51).map(|n| (n.to_string(), Value::from(n))).collect();
        let big = [("k".to_owned(), Value::from("x".repeat(17_000)))].into_iter().collect();
        let unnamed = [(String::new(), Value::Null)].into_iter().collect();
        for attributes in [many, big, unnamed] {
            let profile = Profile { attributes: Some(attributes), ..Profile::default() };
            assert!(profile.tidy("").is_err());
        }
    }

    #[test]
    fn a_locale_is_a_tag_or_nothing() {
        assert_eq!(locale(Some("pt-BR".to_owned())).as_deref(), Some("pt-BR"));
        for bad in ["x", "<script>", "en_US", &"a".repeat(40)] {
            assert_eq!(locale(Some(bad.to_owned())), None, "{bad}");
        }
    }
}
