//! A message as a signed webhook to the inbox's address.

use serde::Serialize;
use serde_json::Value;
use tertulia_domain::Timestamp;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::{Inbox, InboxSettings};
use tertulia_domain::span::Span;
use tertulia_net::{Excess, Request, signature};

use crate::call::Call;
use crate::outgoing::{Amended, Outgoing, OutgoingAmendment, SendError};
use crate::port::Dispatch;

/// Bytes of the answer that are read.
const ANSWER_BYTES_MAX: usize = 4_096;

/// The body of the webhook.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    id: i64,
    conversation_id: i64,
    contact: Contact<'a>,
    sender: Sender<'a>,
    content: &'a Content,
    text: &'a str,
    #[serde(skip_serializing_if = "no_spans")]
    spans: &'a [Span],
    attachments: Vec<File<'a>>,
    reply_to: Option<&'a str>,
    created_at: Timestamp,
}

#[derive(Serialize)]
struct Contact<'a> {
    id: &'a str,
}

#[derive(Serialize)]
struct Sender<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    url: &'a str,
    name: &'a str,
    content_type: &'a str,
    size_bytes: i64,
}

/// The body of a webhook about a message that is there.
#[derive(Serialize)]
struct Amendment<'a> {
    message_id: i64,
    external_id: Option<&'a str>,
    conversation_id: i64,
    contact: Contact<'a>,
    #[serde(flatten)]
    what: What<'a>,
    at: Timestamp,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum What<'a> {
    Edit {
        content: &'a Content,
        text: &'a str,
        #[serde(skip_serializing_if = "no_spans")]
        spans: &'a [Span],
    },
    Delete,
    Reaction {
        sender: Sender<'a>,
        emoji: Option<&'a str>,
    },
}

/// Formatting is rare, and a body without it is as it always was.
fn no_spans(spans: &[Span]) -> bool {
    spans.is_empty()
}

pub(super) fn render(
    inbox: &Inbox,
    outgoing: &Outgoing<'_>,
    now: Timestamp,
) -> Result<Dispatch, SendError> {
    // The same in every attempt: the other side can tell a repetition by it.
    post(inbox, &format!("msg_{}", outgoing.message_id), &body(outgoing), now)
}

pub(super) fn render_amendment(
    inbox: &Inbox,
    amendment: &OutgoingAmendment<'_>,
    now: Timestamp,
) -> Result<Dispatch, SendError> {
    post(inbox, amendment.id, &amendment_body(amendment), now)
}

/// Without an address to call, the program on the other side reads the account's feed itself.
fn post(inbox: &Inbox, id: &str, body: &Value, now: Timestamp) -> Result<Dispatch, SendError> {
    let InboxSettings::Api(settings) = &inbox.settings else {
        return Err(rejected("not an inbox of this kind"));
    };
    let Some(url) = &settings.webhook_url else {
        return Ok(Dispatch::Stream);
    };
    let body = body.to_string();
    let signature = signature::sign(&inbox.secret, id, now.secs(), body.as_bytes());
    let request = || {
        Request::post(url, body)?
            .header("content-type", "application/json")?
            .header(signature::ID_HEADER, id)?
            .header(signature::TIMESTAMP_HEADER, &now.secs().to_string())?
            .header(signature::SIGNATURE_HEADER, &signature)
    };
    let request = request().map_err(|e: tertulia_net::Error| rejected(&e.to_string()))?;
    Ok(Dispatch::Calls(vec![Call::ready(request.at_most(ANSWER_BYTES_MAX, Excess::Cut))]))
}

fn rejected(detail: &str) -> SendError {
    SendError::Rejected { code: "not_sendable".to_owned(), detail: detail.to_owned() }
}

fn body(outgoing: &Outgoing<'_>) -> Value {
    let files = outgoing.files.iter().map(|file| File {
        url: &file.url,
        name: file.name,
        content_type: file.content_type,
        size_bytes: file.size_bytes,
    });
    let body = Body {
        r#type: "message",
        id: outgoing.message_id.0,
        conversation_id: outgoing.conversation_id.0,
        contact: Contact { id: outgoing.address },
        sender: Sender { name: outgoing.sender_name },
        content: outgoing.content,
        text: outgoing.text,
        spans: outgoing.spans,
        attachments: files.collect(),
        reply_to: outgoing.reply_to,
        created_at: outgoing.created_at,
    };
    // Maps with text keys and finite numbers always have a JSON form.
    serde_json::to_value(body).unwrap_or_default()
}

fn amendment_body(amendment: &OutgoingAmendment<'_>) -> Value {
    let body = Amendment {
        message_id: amendment.message_id.0,
        external_id: amendment.external_id,
        conversation_id: amendment.conversation_id.0,
        contact: Contact { id: amendment.address },
        what: match amendment.what {
            Amended::Edit { content, text, spans } => What::Edit { content, text, spans },
            Amended::Delete => What::Delete,
            Amended::Reaction { sender_name, emoji } => {
                What::Reaction { sender: Sender { name: sender_name }, emoji }
            }
        },
        at: amendment.at,
    };
    // Maps with text keys and finite numbers always have a JSON form.
    serde_json::to_value(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tertulia_domain::inbox::{ApiSettings, Channel};
    use tertulia_domain::{ConversationId, InboxId, MessageId};

    fn inbox(webhook_url: Option<&str>) -> Inbox {
        Inbox {
            id: InboxId(1),
            name: "Our app".to_owned(),
            channel: Channel::Api,
            enabled: true,
            hook_token: String::new(),
            secret: "whsec_c2VjcmV0".to_owned(),
            identity_secret: String::new(),
            provider_token: None,
            health: None,
            reopen_window_secs: 0,
            greeting: String::new(),
            settings: InboxSettings::Api(ApiSettings {
                webhook_url: webhook_url.map(str::to_owned),
            }),
            created_at: Timestamp(0),
        }
    }

    fn outgoing(content: &Content) -> Outgoing<'_> {
        Outgoing {
            message_id: MessageId(4711),
            conversation_id: ConversationId(42),
            address: "customer-7",
            sender_name: "Ana",
            content,
            text: "On its way",
            spans: &[],
            files: Vec::new(),
            reply_to: Some("m-1001"),
            created_at: Timestamp(1_790_000_000_000_000),
        }
    }

    #[test]
    fn the_body_is_the_documented_one() {
        let content = Content::Text { text: "On its way".to_owned() };
        let expected = serde_json::json!({
            "type": "message", "id": 4711, "conversation_id": 42,
            "contact": {"id": "customer-7"}, "sender": {"name": "Ana"},
            "content": {"type": "text", "text": "On its way"}, "text": "On its way",
            "attachments": [], "reply_to": "m-1001", "created_at": "2026-09-21T14:13:20Z",
        });
        assert_eq!(body(&outgoing(&content)), expected);
    }

    #[test]
    fn an_edit_a_deletion_and_a_reaction_are_the_documented_ones() {
        let content = Content::Text { text: "Tomorrow".to_owned() };
        let check = |what, own: Value| {
            let amendment = OutgoingAmendment {
                id: "chg_1",
                message_id: MessageId(4711),
                external_id: None,
                parts: &[],
                files: 0,
                conversation_id: ConversationId(42),
                address: "customer-7",
                what,
                at: Timestamp(1_790_000_000_000_000),
            };
            let mut expected = serde_json::json!({
                "message_id": 4711, "external_id": null, "conversation_id": 42,
                "contact": {"id": "customer-7"}, "at": "2026-09-21T14:13:20Z",
            });
            expected.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
            assert_eq!(amendment_body(&amendment), expected);
        };
        check(
            Amended::Edit { content: &content, text: "Tomorrow", spans: &[] },
            serde_json::json!({"type": "edit", "content": content, "text": "Tomorrow"}),
        );
        check(Amended::Delete, serde_json::json!({"type": "delete"}));
        check(
            Amended::Reaction { sender_name: "Ana", emoji: Some("👍") },
            serde_json::json!({"type": "reaction", "sender": {"name": "Ana"}, "emoji": "👍"}),
        );
    }

    #[test]
    fn without_an_address_nothing_is_called_and_a_broken_one_is_a_rejection() {
        let content = Content::Text { text: "On its way".to_owned() };
        let render = |url| render(&inbox(url), &outgoing(&content), Timestamp(0));
        assert!(matches!(render(None), Ok(Dispatch::Stream)));
        assert!(matches!(render(Some("https://app.example.com/hook")), Ok(Dispatch::Calls(_))));
        assert!(matches!(render(Some("not an address")), Err(SendError::Rejected { .. })));
    }
}
