//! The real binary as a process, with a data folder of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::app::Client;

const BINARY: &str = env!("CARGO_BIN_EXE_tertulia");
/// How long a start and a clean end may take here; both are far quicker as a rule.
const DEADLINE: Duration = Duration::from_secs(20);
/// Between two looks at a condition.
const LOOK: Duration = Duration::from_millis(5);

/// What a command answered.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A command in this data folder, with nothing else in its environment.
pub fn command(data_dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.args(arguments);
    clean(command, data_dir)
}

/// The same on a database of PostgreSQL.
pub fn on_postgres(data_dir: &Path, arguments: &[&str], url: &str) -> Command {
    let mut command = command(data_dir, arguments);
    command.env("TERTULIA_DATABASE_URL", url);
    command
}

/// A server none of whose files may grow beyond this size.
pub fn limited(data_dir: &Path, file_bytes_max: u64) -> Command {
    // The signal is ignored, so that a write beyond the limit fails as it does on a full disk.
    let script =
        format!("trap '' XFSZ; exec prlimit --fsize={file_bytes_max}:unlimited \"$0\" serve");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &script, BINARY]);
    let mut command = clean(command, data_dir);
    command.env("PATH", "/usr/bin:/bin");
    command
}

/// A server whose data folder is a disk of its own, partly filled with ballast that goes when a line is
/// written to the server's input; `None` where this user may not mount anything.
pub fn on_small_disk(data_dir: &Path, bytes: u64, ballast_bytes: u64) -> Option<Command> {
    let mount = format!("mount -t tmpfs -o size={bytes} tmpfs \"$TERTULIA_DATA_DIR\"");
    let in_namespace = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "/bin/sh", "-c", script, BINARY]);
        let mut command = clean(command, data_dir);
        command.env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        command
    };
    let tried = in_namespace(&mount).stderr(Stdio::null()).status();
    tried.ok().filter(ExitStatus::success)?;
    let mut command = in_namespace(&format!(
        "{mount} && cd \"$TERTULIA_DATA_DIR\" && head -c {ballast_bytes} /dev/zero >ballast \
         && exec 3<&0 && {{ (read -r _ <&3; rm ballast) & }} && cd / \
         && exec \"$0\" serve </dev/null 3<&-"
    ));
    command.stdin(Stdio::piped());
    Some(command)
}

fn clean(mut command: Command, data_dir: &Path) -> Command {
    command
        .env_clear()
        .env("TERTULIA_DATA_DIR", data_dir)
        .env("TERTULIA_LISTEN", "127.0.0.1:0")
        .env("TERTULIA_METRICS_LISTEN", "")
        .current_dir("/")
        .stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A server that runs.
pub struct Server {
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
    /// `http://127.0.0.1:port`
    pub base: String,
}

impl Server {
    /// Starts and waits until it listens.
    pub fn start(data_dir: &Path) -> Self {
        Self::start_with(command(data_dir, &["serve"]))
    }

    /// The same with a prepared command.
    pub fn start_with(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                heard.lock().unwrap().push(line);
            }
        });
        let mut server = Self { child, said, base: String::new() };
        let address = server.hear("listening on ");
        server.base = format!("http://{}", address.split(',').next().unwrap());
        server
    }

    /// Waits for a line, and answers what follows `words` in it.
    pub fn hear(&mut self, words: &str) -> String {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let said = self.said.lock().unwrap().clone();
            let found = said.iter().find_map(|line| line.split_once(words));
            if let Some((_, rest)) = found {
                return rest.to_owned();
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "the server ended with {ended:?}: {said:#?}");
            assert!(Instant::now() < deadline, "the server never said {words:?}: {said:#?}");
            std::thread::park_timeout(LOOK);
        }
    }

    /// Every line so far.
    pub fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// The token of the set-up link.
    pub fn setup_token(&mut self) -> String {
        self.hear("/setup?token=")
    }

    /// Ends it as a power cut of the process would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits.
    pub fn terminate(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let deadline = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::park_timeout(LOOK);
        }
    }

    /// Writes a line to what stands around the server.
    pub fn tell(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Client {
    /// Makes the first administrator as a person would, and answers that person's browser.
    pub async fn set_up(server: &mut Server) -> Self {
        let token = server.setup_token();
        let stranger = Self::new(&server.base);
        let setup = json!({
            "token": token, "account_name": "north", "name": "Ann", "email": "ann@north.example",
            "password": "correct horse battery staple", "locale": "en",
        });
        let done = stranger.post("/v1/setup", &setup).await;
        assert_eq!(done.status, 201, "{}", done.json());
        let cookie = done.header("set-cookie").split(';').next().unwrap().to_owned();
        stranger.with("cookie", &cookie).with("sec-fetch-site", "same-origin")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already cannot be killed; both are fine.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
