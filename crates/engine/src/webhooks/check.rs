//! Checks of what people type into the settings of a webhook.

use tertulia_domain::app::ContractKind;
use tertulia_domain::content::chars;
use tertulia_domain::webhook::EventFilter;

use super::contract::{Contract, Contracts};
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

pub(super) fn events(
    contracts: &Contracts,
    contract: ContractKind,
    words: &[String],
) -> Result<EventFilter> {
    if words.is_empty() {
        return Err(Error::invalid("/events", "names no event; [\"*\"] stands for all"));
    }
    match contract {
        ContractKind::Tertulia => kinds(words),
        ContractKind::Chatwoot => names(contracts.of(contract), words),
    }
}

/// The names of a contract that is not ours.
fn names(contract: Option<&dyn Contract>, words: &[String]) -> Result<EventFilter> {
    let knows = |word: &String| contract.is_some_and(|contract| contract.knows(word));
    if let Some(index) = words.iter().position(|word| !knows(word)) {
        return Err(Error::invalid(format!("/events/{index}"), "is not an event of the contract"));
    }
    Ok(EventFilter::Names(words.to_vec()))
}

fn kinds(words: &[String]) -> Result<EventFilter> {
    let list: Vec<&str> = words.iter().map(String::as_str).collect();
    EventFilter::parse(&list).map_err(|unknown| {
        let index = words.iter().position(|word| word == unknown).unwrap_or(0);
        let detail = format!("{unknown:?} is not an event that webhooks can have");
        Error::invalid(format!("/events/{index}"), detail)
    })
}
