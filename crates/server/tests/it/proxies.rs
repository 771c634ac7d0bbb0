//! What stands in front of the server, row 109 of the catalogue: who may say on whose behalf it asks,
//! and what goes over a line that others can read.

use serde_json::json;

use crate::app::Client;
use crate::command_line::tertulia;
use crate::process::{Server, command, run};

const ELSEWHERE: &str = "203.0.113.7";

/// Signs in with a forwarded address; answers the addresses of the person's sessions.
async fn addresses(server: &mut Server) -> Vec<String> {
    let client = Client::set_up(server).await;
    let credentials = json!({
        "email": "ann@north.example", "password": "correct horse battery staple", "code": null,
    });
    let proxy = Client::new(&server.base).with("x-forwarded-for", ELSEWHERE);
    assert_eq!(proxy.post("/v1/session", &credentials).await.status, 201);
    let sessions = client.get("/v1/sessions").await.json();
    let sessions = sessions["items"].as_array().unwrap();
    sessions.iter().map(|session| session["ip"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn bad_input_109_only_a_named_proxy_speaks_for_others() {
    for (trusted, expected) in [("[]", false), ("[\"127.0.0.1\"]", true), ("[\"10.0.0.1\"]", false)]
    {
        let dir = tempfile::tempdir().unwrap();
        let mut command = command(dir.path(), &["serve"]);
        command.env("TERTULIA_TRUSTED_PROXIES", trusted);
        let mut server = Server::start_with(command);
        let seen = tertulia_testkit::runtime().block_on(addresses(&mut server));
        let is_believed = seen.iter().any(|ip| ip == ELSEWHERE);
        assert_eq!((seen.len(), is_believed), (2, expected), "{trusted}: {seen:?}");
        assert!(server.terminate().success());
    }
}

#[test]
fn bad_input_109_a_line_that_others_can_read_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let exposed = |arguments| {
        let mut command = command(dir.path(), arguments);
        command.env("TERTULIA_PUBLIC_URL", "http://chat.example.com");
        command
    };
    let looked = run(&mut exposed(&["doctor"]));
    assert!(looked.out.contains("is not https"), "{looked:?}");
    let mut server = Server::start_with(exposed(&["serve"]));
    server.hear("is not https");
    assert!(server.terminate().success());
    assert!(!tertulia(dir.path(), &["doctor"]).out.contains("is not https"));
    let mut secure = command(dir.path(), &["doctor"]);
    let looked = run(secure.env("TERTULIA_PUBLIC_URL", "https://chat.example.com"));
    assert!(looked.out.contains("trusted_proxies does not name"), "{looked:?}");
}

#[test]
fn bad_input_109_a_cookie_follows_the_public_address() {
    for (public_url, is_secure) in
        [("https://chat.example.com", true), ("http://chat.example.com", false)]
    {
        let dir = tempfile::tempdir().unwrap();
        let mut command = command(dir.path(), &["serve"]);
        command.env("TERTULIA_PUBLIC_URL", public_url);
        let mut server = Server::start_with(command);
        let cookie = tertulia_testkit::runtime().block_on(async {
            let setup = json!({
                "token": server.setup_token(), "account_name": "north", "name": "Ann",
                "email": "ann@north.example", "password": "correct horse battery staple",
                "locale": "en",
            });
            let done = Client::new(&server.base).post("/v1/setup", &setup).await;
            assert_eq!(done.status, 201, "{}", done.json());
            done.header("set-cookie").to_owned()
        });
        assert_eq!(cookie.contains("Secure"), is_secure, "{public_url}: {cookie}");
        assert!(server.terminate().success());
    }
}
