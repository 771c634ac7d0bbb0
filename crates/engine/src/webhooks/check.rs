//! Checks of what people type into the settings of a webhook.

use tertulia_domain::content::chars;
use tertulia_domain::webhook::EventFilter;

use crate::{Engine, Error, Result};

/// Longest address of an endpoint, in Unicode scalar values.
const URL_CHARS_MAX: usize = 2_000;
/// Longest description, in Unicode scalar values.
const DESCRIPTION_CHARS_MAX: usize = 500;

/// An address that may be called, as far as its text tells; names are judged at each call.
pub(crate) fn url(engine: &Engine, text: &str) -> Result<String> {
    chars("/url", text, URL_CHARS_MAX).map_err(|e| Error::content("", &e))?;
    let url = engine.http.egress().check(text.trim());
    url.map(String::from).map_err(|refusal| Error::invalid("/url", refusal.to_string()))
}

pub(super) fn description(text: &str) -> Result<String> {
    chars("/description", text, DESCRIPTION_CHARS_MAX).map_err(|e| Error::content("", &e))?;
    Ok(text.trim().to_owned())
}

pub(super) fn events(words: &[String]) -> Result<EventFilter> {
    if words.is_empty() {
        return Err(Error::invalid("/events", "names no event; [\"*\"] stands for all"));
    }
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    EventFilter::parse(&list).map_err(|unknown| {
        let index = words.iter().position(|word| word == unknown).unwrap_or(0);
        let detail = format!("{unknown:?} is not an event that webhooks can have");
        Error::invalid(format!("/events/{index}"), detail)
    })
}
