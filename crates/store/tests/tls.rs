//! Encrypted connections to a real PostgreSQL that takes no others.

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
    use tempfile::TempDir;
    use tertulia_store::{Error, Scope, Store, StoreConfig, Wake};
    use tertulia_testkit::{TestDb, TestEngine, engines};
    use tokio::time::timeout;

    const SOON: Duration = Duration::from_secs(10);
    /// Prints the server's address and lives as long as its standard input is open.
    const HOLD: &str = r#"echo "$TERTULIA_TEST_PG_URL"; exec cat"#;

    /// A server of the test's own, and the certificates that clients may know.
    struct Server {
        folder: TempDir,
        holder: Child,
        /// The address without parameters, by the name that the certificate has.
        url: String,
    }

    impl Server {
        /// `None` where the tests have no PostgreSQL.
        fn start() -> Option<Self> {
            if !engines().contains(&TestEngine::Postgres) {
                return None;
            }
            let folder = tempfile::tempdir().unwrap();
            write_certificates(folder.path());
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/with-postgres.sh");
            let mut holder = Command::new(script)
                .args(["sh", "-c", HOLD])
                .env_remove("TERTULIA_TEST_PG_URL")
                .env("TERTULIA_PG_TLS_FOLDER", folder.path())
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut url = String::new();
            BufReader::new(holder.stdout.take().unwrap()).read_line(&mut url).unwrap();
            assert!(url.contains("127.0.0.1"), "the server did not start: {url:?}");
            let url = url.trim_end().replace("127.0.0.1", "localhost");
            let url = url.replace("/postgres", "/tertulia");
            Some(Self { folder, holder, url })
        }

        fn config(&self, parameters: &str) -> StoreConfig {
            let folder = self.folder.path().display().to_string();
            let url = format!("{}?{}", self.url, parameters.replace("{folder}", &folder));
            StoreConfig::Postgres { url, connections: 2 }
        }

        #[track_caller]
        fn opens(&self, parameters: &str) -> Store {
            Store::open(&self.config(parameters)).unwrap()
        }

        #[track_caller]
        fn refuses(&self, parameters: &str, reason: &str) {
            refuses(&self.config(parameters), reason);
        }
    }

    impl Drop for Server {
        fn drop(&mut self) {
            drop(self.holder.stdin.take());
            drop(self.holder.wait());
        }
    }

    #[track_caller]
    fn refuses(config: &StoreConfig, reason: &str) {
        let refused = Store::open(config).err().expect("a refusal").to_string();
        assert!(refused.contains(reason), "{refused}");
    }

    /// `server.pem` for `localhost` under `ca.pem`, and another authority that has nothing to do with it.
    fn write_certificates(folder: &Path) {
        let authority = |name: &str| {
            let mut params = CertificateParams::new(Vec::new()).unwrap();
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            params.distinguished_name.push(DnType::CommonName, name);
            let key = KeyPair::generate().unwrap();
            let pem = params.self_signed(&key).unwrap().pem();
            (Issuer::new(params, key), pem)
        };
        let ((ours, ca), (_, other)) = (authority("Ours"), authority("Another"));
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let server = params.signed_by(&key, &ours).unwrap().pem();
        let files = [
            ("ca.pem", ca),
            ("other.pem", other),
            ("server.pem", server),
            ("server.key", key.serialize_pem()),
        ];
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }

    /// Stores connect on the thread that opens them, so the tests' own waiting is what is asynchronous.
    fn wait<T>(body: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { timeout(SOON, body).await.expect("an end in time") })
    }

    async fn tell(store: &Store) {
        let wake = store.write::<(), Error, _>(Scope::System, |tx| {
            tx.wake(Wake::Events);
            Ok(())
        });
        wake.await.unwrap();
    }

    /// The listener needs its time to begin; a wake-up before that is lost, as it may be.
    async fn is_woken(there: &Store, here: &Store) {
        let mut wakes = there.wakes(Wake::Events);
        loop {
            tell(here).await;
            if timeout(Duration::from_millis(100), wakes.changed()).await.is_ok() {
                return;
            }
        }
    }

    #[test]
    fn every_connection_is_encrypted_and_the_other_end_is_who_it_should_be() {
        let Some(server) = Server::start() else { return };
        let known = "sslmode=verify-full&sslrootcert={folder}/ca.pem";
        let (here, there) = (server.opens(known), server.opens(known));
        wait(is_woken(&there, &here));
        for parameters in [
            "sslmode=prefer",
            "sslmode=require",
            "sslmode=verify-full&sslrootcert={folder}/server.pem",
        ] {
            wait(server.opens(parameters).ping()).unwrap();
        }
        server.refuses("sslmode=disable", "no encryption");
        for mode in ["require", "verify-ca", "verify-full"] {
            let wrong = format!("sslmode={mode}&sslrootcert={{folder}}/other.pem");
            server.refuses(&wrong, "invalid peer certificate: UnknownIssuer");
        }
        server.refuses("sslmode=verify-full", "invalid peer certificate: UnknownIssuer");
        server.refuses("sslmode=verify-full&sslrootcert={folder}/missing.pem", "missing.pem");
        server.refuses(
            "sslmode=verify-full&sslrootcert={folder}/server.key",
            "has no root certificate",
        );
    }

    #[test]
    fn a_name_that_is_not_in_the_certificate_counts_only_where_names_are_looked_at() {
        let Some(mut server) = Server::start() else { return };
        server.url = server.url.replace("localhost", "127.0.0.1");
        let known = |mode: &str| format!("sslmode={mode}&sslrootcert={{folder}}/ca.pem");
        wait(server.opens(&known("verify-ca")).ping()).unwrap();
        server.refuses(&known("verify-full"), "not valid for name");
    }

    #[test]
    fn a_server_without_encryption_is_refused_where_it_is_required() {
        if !engines().contains(&TestEngine::Postgres) {
            return;
        }
        let db = TestDb::open(TestEngine::Postgres);
        let StoreConfig::Postgres { url, connections } = &db.config else { panic!() };
        for mode in ["require", "verify-ca", "verify-full"] {
            let (url, connections) = (format!("{url}?sslmode={mode}"), *connections);
            refuses(&StoreConfig::Postgres { url, connections }, "does not support TLS");
        }
    }
}
