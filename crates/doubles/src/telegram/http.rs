//! The double's own small HTTP client, for pushes and for files that are sent by their address.
//! It speaks plain HTTP only and writes each byte itself, because a fault is to end in the middle.

use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::Url;

const HEAD_BYTES_MAX: usize = 64 * 1024;
const CONNECT_SECS_MAX: u64 = 5;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) reason: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// A request to make.
#[derive(Debug)]
pub(crate) struct Ask<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) headers: Vec<(&'a str, String)>,
    pub(crate) body: Bytes,
    /// Only this many bytes of the body are sent, and then the connection ends.
    pub(crate) sent_bytes_max: Option<usize>,
    pub(crate) answer_bytes_max: usize,
    pub(crate) wait: Duration,
}

/// Makes a request; the error is in the words of `last_error_message`.
pub(crate) async fn ask(ask: Ask<'_>) -> Result<Answer, String> {
    let url = Url::parse(ask.url).map_err(|error| error.to_string())?;
    if url.scheme() != "http" {
        return Err("SSL error: the simulator pushes over plain HTTP only".to_owned());
    }
    let (host, port) = (url.host_str().unwrap_or_default(), url.port().unwrap_or(80));
    let connecting = TcpStream::connect((host.trim_matches(['[', ']']), port));
    let stream = timeout(Duration::from_secs(CONNECT_SECS_MAX), connecting).await;
    let mut stream =
        stream.map_err(|_| "Connection timed out".to_owned())?.map_err(|error| in_words(&error))?;
    timeout(ask.wait, exchange(&mut stream, &url, port, &ask))
        .await
        .map_err(|_| "Read timeout expired".to_owned())?
}

async fn exchange(
    stream: &mut TcpStream,
    url: &Url,
    port: u16,
    ask: &Ask<'_>,
) -> Result<Answer, String> {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    let mut head =
        format!("{} {}{query} HTTP/1.1\r\nHost: {host}:{port}\r\n", ask.method, url.path());
    for (name, value) in &ask.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", ask.body.len()));
    let mut bytes = head.into_bytes();
    let sent = ask.sent_bytes_max.unwrap_or(usize::MAX).min(ask.body.len());
    bytes.extend_from_slice(ask.body.get(..sent).unwrap_or_default());
    stream.write_all(&bytes).await.map_err(|error| in_words(&error))?;
    if sent < ask.body.len() {
        stream.shutdown().await.map_err(|error| in_words(&error))?;
    }
    let mut received = Vec::new();
    let bytes_max = HEAD_BYTES_MAX + ask.answer_bytes_max;
    let mut reader = stream.take(u64::try_from(bytes_max).unwrap_or(u64::MAX));
    loop {
        let count = reader.read_buf(&mut received).await.map_err(|error| in_words(&error))?;
        if let Some(answer) = complete(&received, count == 0) {
            return Ok(answer);
        }
        if count == 0 {
            return Err("Connection closed".to_owned());
        }
    }
}

/// The answer, once all of it is there.
fn complete(received: &[u8], ended: bool) -> Option<Answer> {
    let ends = received.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(received.get(..ends)?).into_owned();
    let body = received.get(ends + 4..)?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.splitn(3, ' ');
    let status = first.nth(1)?.parse().ok()?;
    let reason = first.next().unwrap_or_default().to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let mut answer = Answer { status, reason, headers, body: Bytes::new() };
    let length = answer.header("content-length").and_then(|length| length.parse::<usize>().ok());
    let all = length.is_some_and(|length| body.len() >= length) || status == 204;
    if !all && !ended {
        return None;
    }
    answer.body = Bytes::copy_from_slice(body.get(..length.unwrap_or(body.len())).unwrap_or(body));
    Some(answer)
}

fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => "Connection refused".to_owned(),
        std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::BrokenPipe => {
            "Connection reset by peer".to_owned()
        }
        std::io::ErrorKind::TimedOut => "Connection timed out".to_owned(),
        _ => "Failed to resolve host: Name or service not known".to_owned(),
    }
}
