//! Signing in at a provider, as a browser goes through it: redirects and cookies.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use serde_json::json;
use tertulia_domain::Clock;
use tertulia_doubles::oidc::{CLIENT_ID, CLIENT_SECRET, Provider, Word};
use tertulia_engine::{OidcProvider, Settings};
use url::Url;

use crate::app::{Answer, Client, TestApp, on_every_engine_with};

const AGENT: &str = "agent@north.example";
const ADMINISTRATOR: &str = "administrator@north.example";
const START: &str = "/v1/oidc/works/start";

fn trusting(provider: &Provider, mut settings: Settings) -> Settings {
    settings.egress.exceptions.push(provider.host().parse().unwrap());
    settings.oidc.push(OidcProvider {
        id: "works".to_owned(),
        name: "Works".to_owned(),
        issuer: provider.issuer.clone(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.to_owned(),
    });
    settings
}

fn beside_a_provider(body: impl AsyncFn(&mut TestApp, &Provider)) {
    on_every_engine_with(Provider::start, trusting, body);
}

/// A browser on its way: where it was sent, and with which cookie.
struct Journey {
    url: String,
    query: HashMap<String, String>,
    cookie: String,
}

async fn set_out(browser: &Client) -> Journey {
    let answer = browser.get(START).await;
    assert_eq!(answer.status, 303);
    let cookie = answer.header("set-cookie").to_owned();
    for attribute in ["tertulia_oidc=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let url = answer.header("location").to_owned();
    let query = Url::parse(&url).unwrap().query_pairs().into_owned().collect();
    Journey { url, query, cookie: cookie.split(';').next().unwrap().to_owned() }
}

impl Journey {
    /// What an honest provider says.
    fn word(&self, app: &TestApp, email: &str) -> Word {
        let micros = u64::try_from(app.clock.now().micros()).unwrap();
        Provider::word(&self.url, SystemTime::UNIX_EPOCH + Duration::from_micros(micros), email)
    }

    fn callback(&self, code: &str) -> String {
        format!("/v1/oidc/works/callback?code={code}&state={}", self.query["state"])
    }
}

/// Fails the test unless the browser was sent to the sign-in page with the problem, and no further.
#[track_caller]
fn is_refused(answer: &Answer, problem: &str) {
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), format!("/sign-in?problem={problem}"));
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 1, "no session: {cookies:?}");
    assert!(answer.header("set-cookie").starts_with("tertulia_oidc=; "), "the state is spent");
}

/// The browser with the session that a callback opened.
#[track_caller]
fn signed_in(app: &TestApp, answer: &Answer) -> Client {
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"));
    let mut cookies = answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap());
    let session = cookies.find(|it| it.starts_with("tertulia=")).unwrap();
    assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax"), "{session}");
    app.nobody().with("cookie", session.split(';').next().unwrap())
}

#[test]
fn a_browser_goes_to_the_provider_and_comes_back_signed_in() {
    beside_a_provider(async |app, provider| {
        let nobody = app.nobody();
        let offered = nobody.get("/v1/oidc").await.json();
        assert_eq!(offered, json!({"providers": [{"id": "works", "name": "Works"}]}));
        let journey = set_out(&nobody).await;
        assert!(journey.url.starts_with(&format!("{}/authorize?", provider.issuer)));
        assert_eq!(journey.cookie, format!("tertulia_oidc={}", journey.query["state"]));
        let back = format!("http://{}/v1/oidc/works/callback", app.address());
        assert_eq!(journey.query["redirect_uri"], back);
        assert!(journey.query["scope"].split(' ').any(|scope| scope == "openid"));
        let other = set_out(&nobody).await;
        for once in ["state", "nonce", "code_challenge"] {
            assert_ne!(journey.query[once], other.query[once], "{once} is used once");
        }
        let callback = journey.callback(&provider.code(journey.word(app, AGENT)));
        let browser = nobody.with("cookie", &journey.cookie);
        let me = signed_in(app, &browser.get(&callback).await).get("/v1/session").await.json();
        assert_eq!(me["user"]["email"], AGENT);
        is_refused(&browser.get(&callback).await, "credentials_invalid");
    });
}

#[test]
fn a_state_that_this_browser_did_not_set_out_with_opens_nothing() {
    beside_a_provider(async |app, provider| {
        let nobody = app.nobody();
        let (mine, other) = (set_out(&nobody).await, set_out(&nobody).await);
        let callback = mine.callback(&provider.code(mine.word(app, AGENT)));
        is_refused(&nobody.get(&callback).await, "credentials_invalid");
        let with_another = nobody.with("cookie", &other.cookie);
        is_refused(&with_another.get(&callback).await, "credentials_invalid");
        let browser = nobody.with("cookie", &mine.cookie);
        for broken in ["/v1/oidc/works/callback", "/v1/oidc/works/callback?code=x&state="] {
            is_refused(&browser.get(broken).await, "credentials_invalid");
        }
        let made_up = nobody.with("cookie", "tertulia_oidc=guess");
        let answer = made_up.get("/v1/oidc/works/callback?code=x&state=guess").await;
        is_refused(&answer, "credentials_invalid");
        signed_in(app, &browser.get(&callback).await);
    });
}

#[test]
fn a_word_that_does_not_fit_the_journey_is_refused() {
    beside_a_provider(async |app, provider| {
        let nobody = app.nobody();
        let go = async |bend: fn(&mut Word)| {
            let journey = set_out(&nobody).await;
            let mut word = journey.word(app, AGENT);
            bend(&mut word);
            let callback = journey.callback(&provider.code(word));
            nobody.with("cookie", &journey.cookie).get(&callback).await
        };
        is_refused(&go(|word| word.nonce.push('x')).await, "credentials_invalid");
        is_refused(&go(|word| word.challenge.push('x')).await, "upstream");
        is_refused(&go(|word| word.audience.push('x')).await, "credentials_invalid");
        is_refused(&go(|word| word.email_verified = false).await, "credentials_invalid");
        signed_in(app, &go(|_| {}).await);
        // The person said no there, so there is no code.
        let journey = set_out(&nobody).await;
        let refused = format!("{}&error=access_denied", journey.callback(""));
        is_refused(&nobody.with("cookie", &journey.cookie).get(&refused).await, "upstream");
        let late = set_out(&nobody).await;
        app.clock.advance(Duration::from_secs(600));
        let callback = late.callback(&provider.code(late.word(app, AGENT)));
        let answer = nobody.with("cookie", &late.cookie).get(&callback).await;
        is_refused(&answer, "credentials_invalid");
    });
}

#[test]
fn an_administrator_links_the_provider_while_signed_in() {
    beside_a_provider(async |app, provider| {
        let go = async |browser: &Client| {
            let journey = set_out(browser).await;
            let callback = journey.callback(&provider.code(journey.word(app, ADMINISTRATOR)));
            app.nobody().with("cookie", &journey.cookie).get(&callback).await
        };
        is_refused(&go(&app.nobody()).await, "credentials_invalid");
        signed_in(app, &go(&app.people.administrator).await);
        let known = signed_in(app, &go(&app.nobody()).await);
        assert_eq!(known.get("/v1/session").await.json()["user"]["email"], ADMINISTRATOR);
    });
}
