//! What is told about a visitor, by itself or by the website: shown to agents, believed by nobody.

use serde_json::{Map, Value};
use tertulia_domain::contact::Contact;

use crate::{Error, Result};

const NAME_CHARS_MAX: usize = 200;
const EMAIL_CHARS_MAX: usize = 254;
const PHONE_CHARS_MAX: usize = 40;
const LOCALE_CHARS_MAX: usize = 35;
const ATTRIBUTES_MAX: usize = 50;
const KEY_CHARS_MAX: usize = 64;
/// All attributes of a contact together, as JSON.
const ATTRIBUTES_BYTES_MAX: usize = 16 * 1024;

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
        self.name = text(self.name, NAME_CHARS_MAX, &at("name"))?;
        self.email = text(self.email, EMAIL_CHARS_MAX, &at("email"))?;
        self.phone = text(self.phone, PHONE_CHARS_MAX, &at("phone"))?;
        if let Some(email) = &mut self.email {
            *email = email.to_lowercase();
            let is_address = email.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty() && domain.contains('.') && !email.contains(char::is_whitespace)
            });
            if !is_address {
                return Err(Error::invalid(at("email"), "is not an e-mail address"));
            }
        }
        if let Some(attributes) = &self.attributes {
            check_attributes(attributes, &at("attributes"))?;
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
        check_attributes(&contact.attributes, "/attributes")?;
        Ok(*contact != before)
    }
}

/// A language tag, or nothing when it does not look like one.
pub(super) fn locale(text: Option<String>) -> Option<String> {
    text.filter(|tag| {
        (2..=LOCALE_CHARS_MAX).contains(&tag.len())
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

fn text(value: Option<String>, chars_max: usize, pointer: &str) -> Result<Option<String>> {
    let Some(value) = value else { return Ok(None) };
    let trimmed = value.trim();
    if trimmed.chars().count() > chars_max {
        let detail = format!("is longer than {chars_max} characters");
        return Err(Error::Invalid { code: "too_long", pointer: pointer.to_owned(), detail });
    }
    if trimmed.chars().any(char::is_control) {
        let detail = "contains control characters".to_owned();
        return Err(Error::Invalid { code: "invalid_text", pointer: pointer.to_owned(), detail });
    }
    Ok((!trimmed.is_empty()).then(|| trimmed.to_owned()))
}

fn check_attributes(attributes: &Map<String, Value>, pointer: &str) -> Result<()> {
    if attributes.len() > ATTRIBUTES_MAX {
        return Err(Error::invalid(pointer, format!("has more than {ATTRIBUTES_MAX} attributes")));
    }
    let is_key = |key: &String| (1..=KEY_CHARS_MAX).contains(&key.chars().count());
    if let Some(key) = attributes.keys().find(|key| !is_key(key)) {
        let detail = format!("{key:.20?} is not a name of 1 to {KEY_CHARS_MAX} characters");
        return Err(Error::invalid(pointer, detail));
    }
    let bytes = serde_json::to_string(attributes).map_or(usize::MAX, |json| json.len());
    if bytes > ATTRIBUTES_BYTES_MAX {
        let detail = format!("takes more than {ATTRIBUTES_BYTES_MAX} bytes");
        return Err(Error::Invalid { code: "too_long", pointer: pointer.to_owned(), detail });
    }
    Ok(())
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
        for bad in ["ana", "@example.com", "ana@", "ana@com", "a b@example.com", "a@b.c\0"] {
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
