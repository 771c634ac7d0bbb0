//! The books: what was acknowledged against what the server has. One message lost, doubled or out of
//! order voids every figure of the run.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::http::Connection;
use crate::tenant::get;

/// Compares the acknowledged numbers with the account's messages, read back through the API.
pub(crate) async fn compare(port: u16, token: &str, acknowledged: &[usize]) -> Result<()> {
    let mut connection = Connection::open(port).await?;
    let mut found: HashMap<usize, usize> = HashMap::new();
    let mut conversations = String::new();
    loop {
        let path = format!("/v1/conversations?view=all&limit=100{conversations}");
        let page = connection.json(&get(&path, token), 200).await?;
        for conversation in array(&page, "/items")? {
            let id = integer(conversation, "/id")?;
            read_conversation(&mut connection, token, id, &mut found).await?;
        }
        let Some(next) = page.pointer("/next_cursor").and_then(Value::as_str) else { break };
        conversations = format!("&cursor={next}");
    }
    for number in acknowledged {
        let copies = found.get(number).copied().unwrap_or(0);
        ensure!(copies == 1, "message {number} was acknowledged and is there {copies} times");
    }
    let doubled = found.values().filter(|copies| **copies > 1).count();
    ensure!(doubled == 0, "{doubled} messages are there more than once");
    Ok(())
}

/// Reads one conversation: its `seq` must rise without a gap, its numbers must rise too, since each
/// visitor's messages were sent in that order or at the same time by different connections.
async fn read_conversation(
    connection: &mut Connection,
    token: &str,
    id: i64,
    found: &mut HashMap<usize, usize>,
) -> Result<()> {
    let mut after = 0;
    loop {
        let path = format!("/v1/conversations/{id}/messages?after={after}&limit=100");
        let page = connection.json(&get(&path, token), 200).await?;
        for message in array(&page, "/items")? {
            let seq = integer(message, "/seq")?;
            ensure!(seq == after + 1, "conversation {id}: seq {seq} comes after {after}");
            after = seq;
            if let Some(number) = number(message) {
                *found.entry(number).or_default() += 1;
            }
        }
        if page.pointer("/has_more") != Some(&Value::Bool(true)) {
            return Ok(());
        }
    }
}

fn number(message: &Value) -> Option<usize> {
    let by_client = message.pointer("/client_id").and_then(Value::as_str);
    // What came from a provider has no client id; its last word is its number.
    let word = || message.pointer("/text")?.as_str()?.rsplit(' ').next()?.strip_prefix('n');
    by_client.and_then(|id| id.strip_prefix("b-")).or_else(word)?.parse().ok()
}

fn array<'v>(value: &'v Value, pointer: &str) -> Result<&'v Vec<Value>> {
    value.pointer(pointer).and_then(Value::as_array).with_context(|| format!("no {pointer}"))
}

fn integer(value: &Value, pointer: &str) -> Result<i64> {
    value.pointer(pointer).and_then(Value::as_i64).with_context(|| format!("no {pointer}"))
}
