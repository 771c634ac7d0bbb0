//! `setWebhook`, `deleteWebhook`, `getWebhookInfo`.

use serde_json::{Value, json};
use url::{Host, Url};

use super::{Call, Outcome, Reply};
use crate::telegram::refusal::Refusal;
use crate::telegram::schema::SCHEMA;
use crate::telegram::state::Webhook;

const SECRET_BYTES_MAX: usize = 256;
const CONNECTIONS_DEFAULT: i64 = 40;
const CONNECTIONS_MAX: i64 = 100;
const PORTS: &[u16] = &[80, 88, 443, 8443];

pub(super) fn set(call: &mut Call<'_>) -> Outcome {
    let url = call.text("url").unwrap_or_default().to_owned();
    if url.is_empty() {
        return delete(call);
    }
    check_url(&url, call.state.settings.loopback_webhooks)?;
    let secret_token = call.text("secret_token").unwrap_or_default().to_owned();
    if secret_token.len() > SECRET_BYTES_MAX {
        return Err(Refusal::bad("secret token is too long"));
    }
    if !secret_token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
        return Err(Refusal::bad("secret token contains unallowed characters"));
    }
    let connections = call.int("max_connections").unwrap_or(CONNECTIONS_DEFAULT);
    let max_connections = usize::try_from(connections.clamp(1, CONNECTIONS_MAX)).unwrap_or(1);
    let ip_address = call.text("ip_address").map(str::to_owned);
    allow_updates(call)?;
    let drop_pending = call.flag("drop_pending_updates");
    let generation = u64::try_from(call.state.serial()).unwrap_or_default();
    let bot = call.state.bots.get_mut(&call.bot).ok_or_else(Refusal::unauthorized)?;
    if drop_pending {
        bot.queue.clear();
    }
    // A poll that waits ends now: the two ways exclude each other.
    bot.poll += 1;
    let new =
        Webhook { url, secret_token, max_connections, ip_address, last_error: None, generation };
    let same = bot.webhook.as_ref().is_some_and(|old| {
        (&old.url, &old.secret_token, old.max_connections)
            == (&new.url, &new.secret_token, max_connections)
    });
    if same && !drop_pending {
        return Ok(Reply { result: true.into(), description: Some("Webhook is already set") });
    }
    bot.webhook = Some(new);
    for queued in &mut bot.queue {
        queued.due_ms = 0;
        queued.failures = 0;
    }
    Ok(Reply { result: true.into(), description: Some("Webhook was set") })
}

fn check_url(text: &str, loopback_webhooks: bool) -> Result<(), Refusal> {
    let bad = |why: &str| Refusal::bad(&format!("bad webhook: {why}"));
    let url = Url::parse(text).map_err(|_| Refusal::bad("invalid webhook URL specified"))?;
    let is_loopback = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return Err(Refusal::bad("invalid webhook URL specified")),
    };
    if is_loopback && loopback_webhooks {
        return Ok(());
    }
    if url.scheme() != "https" {
        return Err(bad("An HTTPS URL must be provided for webhook"));
    }
    if !url.port_or_known_default().is_some_and(|port| PORTS.contains(&port)) {
        return Err(bad("Webhook can be set up only on ports 80, 88, 443 or 8443"));
    }
    if is_loopback {
        let host = url.host_str().unwrap_or_default();
        return Err(bad(&format!("IP address {host} is reserved")));
    }
    Ok(())
}

/// Takes over `allowed_updates` if it is given; an empty list is the default set.
pub(super) fn allow_updates(call: &mut Call<'_>) -> Result<(), Refusal> {
    let Some(Value::Array(kinds)) = call.params.get("allowed_updates") else { return Ok(()) };
    let kinds: Vec<String> = kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    for kind in &kinds {
        // The real server passes over a kind that it does not know, and nothing ever comes.
        if !SCHEMA.is_update(kind) {
            let what = format!("allowed_updates names the unknown kind \"{kind}\"");
            call.state.violation(call.bot, call.method, what);
        }
    }
    let bot = call.state.bots.get_mut(&call.bot).ok_or_else(Refusal::unauthorized)?;
    bot.allowed_updates = (!kinds.is_empty()).then_some(kinds);
    Ok(())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let drop_pending = call.flag("drop_pending_updates");
    let bot = call.state.bots.get_mut(&call.bot).ok_or_else(Refusal::unauthorized)?;
    if drop_pending {
        bot.queue.clear();
    }
    for queued in &mut bot.queue {
        queued.in_flight = false;
    }
    let description = match bot.webhook.take() {
        Some(_) => "Webhook was deleted",
        None => "Webhook is already deleted",
    };
    Ok(Reply { result: true.into(), description: Some(description) })
}

pub(super) fn info(call: &mut Call<'_>) -> Outcome {
    call.state.expire_updates(call.bot);
    let bot = call.state.bots.get(&call.bot).ok_or_else(Refusal::unauthorized)?;
    let url = bot.webhook.as_ref().map(|webhook| webhook.url.as_str()).unwrap_or_default();
    let mut info = json!({
        "url": url, "has_custom_certificate": false, "pending_update_count": bot.queue.len(),
    });
    let Some(into) = info.as_object_mut() else { return Ok(info.into()) };
    if let Some(webhook) = &bot.webhook {
        into.insert("max_connections".to_owned(), webhook.max_connections.into());
        if let Some(address) = &webhook.ip_address {
            into.insert("ip_address".to_owned(), address.as_str().into());
        }
        if let Some((date, message)) = &webhook.last_error {
            into.insert("last_error_date".to_owned(), (*date).into());
            into.insert("last_error_message".to_owned(), message.as_str().into());
        }
    }
    if let Some(kinds) = &bot.allowed_updates {
        into.insert("allowed_updates".to_owned(), json!(kinds));
    }
    Ok(info.into())
}
