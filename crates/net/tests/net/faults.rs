//! Every way in which the other side can fail, against a real socket, and what we then know.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::server::{Server, read_request};
use tertulia_net::{
    Egress, Error, Exception, Excess, HttpClient, Refusal, Request, Resolve, Resolving, Sent,
    Verdict,
};

/// Answers each look-up with the next list, and the last one for ever.
struct Script(Vec<Vec<IpAddr>>, AtomicUsize);

impl Resolve for Script {
    fn resolve(&self, _: &str) -> Resolving {
        let turn = self.1.fetch_add(1, Ordering::SeqCst).min(self.0.len() - 1);
        let answer = self.0[turn].clone();
        Box::pin(async move { Ok(answer) })
    }
}

fn client_for(address: SocketAddr) -> HttpClient {
    let exception = Exception::Host { name: "127.0.0.1".to_owned(), port: Some(address.port()) };
    let egress = Egress { exceptions: vec![exception], ..Egress::default() };
    HttpClient::new(egress)
}

async fn call(server: &Server) -> Result<tertulia_net::Response, Error> {
    let url = format!("http://{}/hook", server.address);
    let request = Request::post(&url, "{}").unwrap().timeout(Duration::from_millis(400));
    client_for(server.address).send(request.at_most(64, Excess::Refuse)).await
}

fn answering(answer: &'static [u8]) -> Server {
    Server::start(move |mut stream| {
        read_request(&mut stream);
        // A client that has seen enough hangs up; that is its right.
        drop(stream.write_all(answer));
    })
}

#[tokio::test]
async fn an_answer_is_read_whole_with_its_headers() {
    let server = answering(b"HTTP/1.1 201 Created\r\nx-a: b\r\ncontent-length: 2\r\n\r\nok");
    let response = call(&server).await.unwrap();
    assert_eq!((response.status.as_u16(), response.body.as_ref()), (201, b"ok".as_slice()));
    assert_eq!(response.headers["x-a"], "b");
    assert_eq!(response.verdict(), Verdict::Accepted);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let server = answering(
        b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n",
    );
    assert_eq!(call(&server).await.unwrap().verdict(), Verdict::Rejected);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn an_endless_answer_stops_at_the_limit() {
    let endless = || {
        Server::start(|mut stream| {
            read_request(&mut stream);
            let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            drop(stream.write_all(head));
            while stream.write_all(b"10\r\n0123456789abcdef\r\n").is_ok() {}
        })
    };
    let refused = call(&endless()).await.unwrap_err();
    assert_eq!(refused, Error::TooLarge { bytes_max: 64 });
    let server = endless();
    let request = Request::get(&format!("http://{}/", server.address)).unwrap();
    let cut = client_for(server.address).send(request.at_most(20, Excess::Cut)).await.unwrap();
    assert_eq!((cut.body.as_ref(), cut.complete), (b"0123456789abcdef0123".as_slice(), false));
}

#[tokio::test]
async fn silence_after_the_request_is_unknown() {
    let server = Server::start(|mut stream| {
        read_request(&mut stream);
        read_request(&mut stream);
    });
    let error = call(&server).await.unwrap_err();
    assert_eq!((error.code(), error.sent()), ("timeout", Sent::Unknown));
}

#[tokio::test]
async fn one_byte_at_a_time_does_not_outlive_the_deadline() {
    let server = Server::start(|mut stream| {
        read_request(&mut stream);
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n0123456789"));
        read_request(&mut stream);
    });
    let error = call(&server).await.unwrap_err();
    assert_eq!((error.code(), error.sent()), ("timeout", Sent::Unknown));
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_is_unknown() {
    let answers: [&'static [u8]; 3] =
        [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", b"garbage\r\n\r\n"];
    for answer in answers {
        let error = call(&answering(answer)).await.unwrap_err();
        assert_eq!((error.code(), error.sent()), ("broken", Sent::Unknown), "{answer:?}");
    }
}

#[tokio::test]
async fn a_closed_port_is_surely_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let request = Request::get(&format!("http://{address}/")).unwrap();
    let error = client_for(address).send(request).await.unwrap_err();
    assert_eq!((error, Error::Refused.sent()), (Error::Refused, Sent::No));
}

#[tokio::test]
async fn plain_text_where_tls_was_expected_is_surely_not_sent() {
    let server = Server::start(|mut stream| {
        drop(stream.read(&mut [0; 4096]));
        drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"));
    });
    let request = Request::get(&format!("https://{}/", server.address)).unwrap();
    let error = client_for(server.address).send(request).await.unwrap_err();
    assert_eq!((error.code(), error.sent()), ("tls", Sent::No), "{error}");
}

#[tokio::test]
async fn a_name_without_an_address_is_surely_not_sent() {
    let request = Request::get("http://nothing.invalid/").unwrap();
    let error = HttpClient::new(Egress::default()).send(request).await.unwrap_err();
    assert_eq!((error.code(), error.sent()), ("dns", Sent::No), "{error}");
}

#[tokio::test]
async fn a_name_that_resolves_inwards_is_not_called() {
    let (public, inner): (IpAddr, IpAddr) =
        ("203.0.114.9".parse().unwrap(), "127.0.0.1".parse().unwrap());
    for answer in [vec![inner], vec![public, inner], vec!["::ffff:10.0.0.1".parse().unwrap()]] {
        let resolver = Arc::new(Script(vec![answer], AtomicUsize::new(0)));
        let client = HttpClient::with_resolver(Egress::default(), resolver);
        let error = client.send(Request::get("http://rebind.test/").unwrap()).await.unwrap_err();
        assert!(matches!(error, Error::Blocked(Refusal::Zone { .. })), "{error}");
        assert_eq!(error.sent(), Sent::No);
    }
}

/// The name answers with a good address once and with an inner one from then on: whatever is
/// connected to was judged in that same look-up.
#[tokio::test]
async fn rebinding_between_two_requests_is_caught() {
    let server = answering(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    let port = server.address.port();
    let network = "127.0.0.1/32".parse().unwrap();
    let egress = Egress { ports: vec![port], exceptions: vec![network] };
    let inner = "127.0.0.2".parse().unwrap();
    let answers = vec![vec![server.address.ip()], vec![inner]];
    let client = HttpClient::with_resolver(egress, Arc::new(Script(answers, AtomicUsize::new(0))));
    let request = Request::get(&format!("http://rebind.test:{port}/")).unwrap();
    assert!(client.send(request.clone()).await.is_ok());
    let error = client.send(request).await.unwrap_err();
    assert!(matches!(error, Error::Blocked(Refusal::Zone { .. })), "{error}");
}

#[tokio::test]
async fn the_host_header_keeps_the_name_that_was_asked_for() {
    let server = Server::start(|mut stream| {
        let head = read_request(&mut stream);
        let host = head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{host}", host.len());
        drop(stream.write_all(answer.as_bytes()));
    });
    let port = server.address.port();
    let egress = Egress { ports: vec![port], exceptions: vec!["127.0.0.0/8".parse().unwrap()] };
    let resolver = Arc::new(Script(vec![vec![server.address.ip()]], AtomicUsize::new(0)));
    let client = HttpClient::with_resolver(egress, resolver);
    let url = format!("http://named.test:{port}/");
    let response = client.send(Request::get(&url).unwrap()).await.unwrap();
    assert_eq!(response.body.as_ref(), format!("named.test:{port}").as_bytes());
}
