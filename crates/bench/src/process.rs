//! A server as a child process: started, watched, stopped; its memory read from `/proc`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A running server, killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// Starts the floor, which prints its port.
    pub(crate) fn floor(dir: &Path) -> Result<Self> {
        let binary = std::env::current_exe()?;
        let mut command = Command::new(binary);
        command.arg("floor").arg(dir).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let output = child.stdout.take().context("no output")?;
        let line = BufReader::new(output).lines().next().context("no port")??;
        let port = line.strip_prefix("port ").context("no port")?.parse()?;
        Ok(Self { child, port })
    }

    /// Starts Tertulia on a free port with its data in `dir`; says how long it took to be ready.
    pub(crate) fn tertulia(binary: &Path, dir: &Path) -> Result<(Self, Duration)> {
        let port = free_port()?;
        let log = std::fs::File::create(dir.join("server.log"))?;
        let mut command = Command::new(binary);
        command
            .arg("serve")
            .env("TERTULIA_CONFIG", dir.join("tertulia.toml"))
            .env("TERTULIA_LISTEN", format!("127.0.0.1:{port}"))
            .env("TERTULIA_DATA_DIR", dir.join("data"))
            .stdout(log.try_clone()?)
            .stderr(log);
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("starting {}", binary.display()))?;
        let mut server = Self { child, port };
        server.wait_ready()?;
        Ok((server, started.elapsed()))
    }

    fn wait_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status}; see server.log");
            }
            if ready(self.port) {
                return Ok(());
            }
            std::thread::yield_now();
        }
        bail!("the server was not ready within 30 s")
    }

    /// Resident memory in bytes.
    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        let path = format!("/proc/{}/smaps_rollup", self.child.id());
        let text = std::fs::read_to_string(path)?;
        let line = text.lines().find(|line| line.starts_with("Rss:")).context("no Rss line")?;
        let kib: u64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok(kib * 1_024)
    }

    /// Stops the process for a while, as a stall would.
    pub(crate) fn signal(&self, signal: &str) -> Result<()> {
        let status = Command::new("kill").arg(signal).arg(self.child.id().to_string()).status()?;
        anyhow::ensure!(status.success(), "kill {signal}");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn ready(port: u16) -> bool {
    use std::io::{Read, Write};
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) else { return false };
    let request = b"GET /readyz HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n";
    let mut answer = String::new();
    let sent = stream.write_all(request).is_ok() && stream.read_to_string(&mut answer).is_ok();
    sent && answer.starts_with("HTTP/1.1 2")
}
