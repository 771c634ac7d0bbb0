//! Somebody else's S3 server on a folder and a port of its own. It checks every request's signature, can
//! go away and come back, and its folder tells what it keeps whatever it answers.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::pin::Pin;
use std::process::Command;
use std::thread::JoinHandle;

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Result, s3_error};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::process::{Server, command};

const BUCKET: &str = "letters";
const KEY_ID: &str = "AKIDEXAMPLE";
/// A key that may do everything but delete.
pub const KEEPER_ID: &str = "AKIDKEEPER";
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// A bucket, for as long as the test.
pub struct Bucket {
    folder: tempfile::TempDir,
    address: SocketAddr,
    running: Option<Running>,
}

/// The server's thread: it must answer while the test waits for a process.
struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Bucket {
    /// An empty bucket.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        let mut bucket =
            Self { folder, address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), running: None };
        bucket.come_back();
        bucket
    }

    /// Nobody listens any more; what is kept stays.
    pub fn go_away(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop.send(()).unwrap();
            running.thread.join().unwrap();
        }
    }

    /// Listens again, at the same address.
    pub fn come_back(&mut self) {
        let mut builder = S3ServiceBuilder::new(FileSystem::new(self.folder.path()).unwrap());
        let mut auth = SimpleAuth::from_single(KEY_ID, SECRET);
        auth.register(KEEPER_ID.to_owned(), SECRET.into());
        builder.set_auth(auth);
        builder.set_access(Rights);
        let service = builder.build();
        let listener = std::net::TcpListener::bind(self.address).unwrap();
        listener.set_nonblocking(true).unwrap();
        self.address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                tokio::select! {
                    () = answer(TcpListener::from_std(listener).unwrap(), service) => {}
                    _ = stopped => {}
                }
            });
        });
        self.running = Some(Running { stop, thread });
    }

    /// What is kept, by key.
    pub fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        let (mut objects, root) = (BTreeMap::new(), self.folder.path().join(BUCKET));
        collect(&root, &root, &mut objects);
        objects
    }

    /// The settings of a server that keeps its files here.
    pub fn name_to(&self, command: &mut Command) {
        for (name, value) in [
            ("BUCKET", BUCKET),
            ("REGION", "eu-central-1"),
            ("ENDPOINT", &format!("http://{}", self.address)),
            ("ACCESS_KEY_ID", KEY_ID),
            ("SECRET_ACCESS_KEY", SECRET),
        ] {
            command.env(format!("TERTULIA_FILES__{name}"), value);
        }
    }

    /// A command of a server that keeps its files here.
    pub fn command(&self, data_dir: &Path, arguments: &[&str]) -> Command {
        let mut command = command(data_dir, arguments);
        self.name_to(&mut command);
        command
    }

    /// A server that keeps its files here, and says all that it can say.
    pub fn serve(&self, data_dir: &Path, secret: &str) -> Server {
        let mut command = self.command(data_dir, &["serve"]);
        command.env("TERTULIA_FILES__SECRET_ACCESS_KEY", secret);
        command.env("TERTULIA_LOG__FILTER", "trace");
        Server::start_with(command)
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.go_away();
    }
}

/// Who may do what: only in the one bucket that is there, and not everybody may delete.
struct Rights;

impl Rights {
    fn decide(request: &S3AccessContext<'_>) -> S3Result<()> {
        let Some(credentials) = request.credentials() else {
            return Err(s3_error!(AccessDenied));
        };
        if request.s3_path().get_bucket_name() != Some(BUCKET) {
            return Err(s3_error!(NoSuchBucket));
        }
        if request.s3_op().name() == "DeleteObject" && credentials.access_key == KEEPER_ID {
            return Err(s3_error!(AccessDenied));
        }
        Ok(())
    }
}

impl S3Access for Rights {
    fn check<'a, 'b, 'c, 'd>(
        &'a self,
        request: &'b mut S3AccessContext<'c>,
    ) -> Pin<Box<dyn Future<Output = S3Result<()>> + Send + 'd>>
    where
        'a: 'd,
        'b: 'd,
        'c: 'd,
    {
        Box::pin(std::future::ready(Self::decide(request)))
    }
}

async fn answer(listener: TcpListener, service: S3Service) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let service = service.clone();
        connections.spawn(async move {
            // A client may leave at any time.
            drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
        });
    }
}

fn collect(root: &Path, folder: &Path, objects: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, objects);
        } else {
            let key = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            objects.insert(key, std::fs::read(&path).unwrap());
        }
    }
}
