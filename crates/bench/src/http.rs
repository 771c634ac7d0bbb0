//! The cheapest HTTP/1.1 client that is still correct for these answers: the generator shares two
//! cores with the server, so what it spends is taken from what it measures.

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Largest answer that is read, in bytes.
const BODY_BYTES_MAX: usize = 4 << 20;

/// One kept-alive connection.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
    /// The last `set-cookie`, name and value only.
    pub cookie: Option<String>,
}

/// A prepared request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Request {
    /// The bytes on the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\nhost: 127.0.0.1\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.body.is_empty() {
            text.push_str("content-type: application/json\r\n");
        }
        text.push_str(&format!("content-length: {}\r\n\r\n{}", self.body.len(), self.body));
        text.into_bytes()
    }
}

impl Connection {
    pub(crate) async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            line: String::new(),
            body: Vec::new(),
            cookie: None,
        })
    }

    /// Sends a request and reads the whole answer: status and body.
    pub(crate) async fn call(&mut self, request: &[u8]) -> Result<(u16, &[u8])> {
        self.stream.get_mut().write_all(request).await?;
        let status = self.read_line().await?.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status: u16 = status.context("no status line")?;
        let length = self.read_headers().await?;
        if length > BODY_BYTES_MAX {
            bail!("an answer of {length} bytes");
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).await?;
        Ok((status, &self.body))
    }

    /// Like [`Connection::call`] for a JSON answer with the expected status.
    pub(crate) async fn json(
        &mut self,
        request: &Request,
        expected: u16,
    ) -> Result<serde_json::Value> {
        let (status, body) = self.call(&request.bytes()).await?;
        if status != expected {
            let text = String::from_utf8_lossy(body);
            bail!("{} {} answered {status}: {text}", request.method, request.path);
        }
        if body.is_empty() {
            return Ok(serde_json::Value::Null);
        }
        Ok(serde_json::from_slice(body)?)
    }

    /// Reads the headers; answers the length of the body.
    async fn read_headers(&mut self) -> Result<usize> {
        let (mut length, mut cookie) = (0, None);
        loop {
            let line = self.read_line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse()?;
            } else if name.eq_ignore_ascii_case("set-cookie") {
                cookie = value.trim().split(';').next().map(str::to_owned);
            }
        }
        if cookie.is_some() {
            self.cookie = cookie;
        }
        Ok(length)
    }

    async fn read_line(&mut self) -> Result<&str> {
        self.line.clear();
        if self.stream.read_line(&mut self.line).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(self.line.trim_end())
    }
}
