//! The page that a visitor looks at, as far as it is anybody's business.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::{Error, Result};

/// Longest address of a page, in bytes.
const URL_BYTES_MAX: usize = 2_048;
/// Longest title, in characters; more is cut off.
const TITLE_CHARS_MAX: usize = 300;

/// Where the visitor is, and where it came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub url: Option<String>,
    pub title: Option<String>,
    pub referrer: Option<String>,
}

impl Page {
    /// Refuses addresses that are none, and forgets what another site wrote behind its address:
    /// a referrer's query may hold what is private there.
    pub(super) fn tidy(mut self, pointer: &str) -> Result<Self> {
        self.url = self
            .url
            .map(|url| address(&url, &format!("{pointer}/url")))
            .transpose()?
            .map(|url| url.to_string());
        self.title = self
            .title
            .map(|title| title.chars().filter(|c| !c.is_control()).take(TITLE_CHARS_MAX).collect());
        self.referrer = self.referrer.filter(|text| !text.is_empty());
        self.referrer = self
            .referrer
            .map(|url| address(&url, &format!("{pointer}/referrer")))
            .transpose()?
            .map(|mut url| {
                url.set_query(None);
                url.set_fragment(None);
                url.to_string()
            });
        Ok(self)
    }

    /// As it is kept beside the visitor and in a conversation's origin.
    pub(super) fn json(&self) -> Value {
        json!({ "url": self.url, "title": self.title, "referrer": self.referrer })
    }
}

fn address(text: &str, pointer: &str) -> Result<Url> {
    let wrong = || Error::invalid(pointer, "is not the http or https address of a page");
    if text.len() > URL_BYTES_MAX {
        let detail = format!("is longer than {URL_BYTES_MAX} bytes");
        return Err(Error::Invalid { code: "too_long", pointer: pointer.to_owned(), detail });
    }
    let url = Url::parse(text).map_err(|_| wrong())?;
    // Agents click on it: nothing but a page may be behind it.
    matches!(url.scheme(), "http" | "https").then_some(url).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_referrer_loses_its_query_and_the_page_keeps_its_own() {
        let page = Page {
            url: Some("https://shop.example/a?b=c".to_owned()),
            title: Some("A\u{7}".repeat(400)),
            referrer: Some("https://mail.example/read?token=secret#x".to_owned()),
        };
        let tidied = page.tidy("/page").unwrap();
        assert_eq!(tidied.url.as_deref(), Some("https://shop.example/a?b=c"));
        assert_eq!(tidied.referrer.as_deref(), Some("https://mail.example/read"));
        assert_eq!(tidied.title.unwrap().chars().count(), 300);
    }

    #[test]
    fn only_web_pages_are_pages() {
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x", ""] {
            let page = Page { url: Some(url.to_owned()), ..Page::default() };
            assert!(page.tidy("/page").is_err(), "{url}");
        }
    }
}
