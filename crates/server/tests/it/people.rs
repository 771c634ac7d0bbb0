//! Signing in over HTTP: the cookie, the ways out, and bodies that ask for more than they may.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{Client, TestApp, on_every_engine};

const PASSWORD: &str = "correct horse battery staple";

fn credentials(email: &str) -> Value {
    json!({"email": email, "password": PASSWORD, "code": null})
}

/// A browser with the cookie that an answer set.
fn with_cookie(app: &TestApp, set_cookie: &str) -> Client {
    let pair = set_cookie.split(';').next().unwrap();
    app.nobody().with("cookie", pair).with("sec-fetch-site", "same-origin")
}

#[test]
fn a_browser_signs_in_and_out() {
    on_every_engine(async |app: &mut TestApp| {
        let answer = app.nobody().post("/v1/session", &credentials("agent@north.example")).await;
        assert_eq!(answer.status, 201);
        let cookie = answer.header("set-cookie").to_owned();
        for attribute in ["tertulia=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "without TLS the browser would drop it: {cookie}");
        let browser = with_cookie(app, &cookie);
        let me = browser.get("/v1/session").await.json();
        assert_eq!(me["user"]["email"], "agent@north.example");
        assert_eq!(me, answer.json());
        let sessions = browser.get("/v1/sessions").await.json();
        let present =
            sessions["items"].as_array().unwrap().iter().filter(|it| it["current"] == true);
        assert_eq!(present.count(), 1);
        let out = browser.send(Method::DELETE, "/v1/session", None, Vec::new()).await;
        assert!(out.header("set-cookie").contains("Max-Age=0"), "{:?}", out.headers);
        browser.get("/v1/session").await.is(401, "session_required");
    });
}

#[test]
fn advisory_34_wrong_and_unknown_get_the_same_answer() {
    on_every_engine(async |app: &mut TestApp| {
        let nobody = app.nobody();
        let mut known = credentials("agent@north.example");
        known["password"] = json!("a wrong password");
        let known = nobody.post("/v1/session", &known).await;
        let unknown = nobody.post("/v1/session", &credentials("nobody@north.example")).await;
        known.is(401, "credentials_invalid");
        unknown.is(401, "credentials_invalid");
        assert_eq!(known.json()["detail"], unknown.json()["detail"]);
        for token in ["", " ", "null", "0"] {
            let body = json!({"token": token, "password": PASSWORD});
            nobody.post("/v1/password-resets/accept", &body).await.is(401, "token_invalid");
            let body = json!({"token": token, "name": "Eve", "password": PASSWORD});
            nobody.post("/v1/invitations/accept", &body).await.is(401, "token_invalid");
        }
    });
}

#[test]
fn advisory_28_a_body_changes_nothing_but_its_own_fields() {
    on_every_engine(async |app: &mut TestApp| {
        let administrator = &app.people.administrator;
        let inbox = format!("/v1/inboxes/{}", app.people.widget.id);
        let before = administrator.get(&inbox).await.json();
        let smuggled = [
            ("id", json!(999)),
            ("account_id", json!(2)),
            ("secret", json!("mine")),
            ("identity_secret", json!("mine")),
            ("hook_token", json!("mine")),
            ("channel", json!("api")),
            ("member_ids", json!([1])),
        ];
        for (field, value) in smuggled {
            let mut body = json!({"name": "Renamed"});
            body[field] = value;
            let answer = administrator.json(Method::PATCH, &inbox, &body).await;
            answer.is(422, "unknown_field");
        }
        let body = json!({"settings": {"key": "wk_mine"}});
        administrator.json(Method::PATCH, &inbox, &body).await.is(422, "invalid");
        let body = json!({"settings": {"webhook_url": "https://evil.example"}});
        administrator.json(Method::PATCH, &inbox, &body).await.is(422, "unknown_field");
        assert_eq!(administrator.get(&inbox).await.json(), before);
        for field in ["role", "email", "active", "account_id", "totp_enabled"] {
            let mut body = json!({"name": "Somebody"});
            body[field] = json!("administrator");
            let agent = &app.people.agent;
            agent.json(Method::PATCH, "/v1/profile", &body).await.is(422, "unknown_field");
        }
    });
}

#[test]
fn agents_see_the_inboxes_that_they_serve() {
    on_every_engine(async |app: &mut TestApp| {
        let (agent, administrator) = (&app.people.agent, &app.people.administrator);
        let id = agent.get("/v1/session").await.json()["user"]["id"].clone();
        let widget = format!("/v1/inboxes/{}", app.people.widget.id);
        agent.get(&widget).await.is(404, "not_found");
        assert_eq!(agent.get("/v1/inboxes").await.json()["items"], json!([]));
        let members = format!("{widget}/members");
        let set = administrator.json(Method::PUT, &members, &json!({"user_ids": [id]})).await;
        assert_eq!(set.json()["member_ids"], json!([id]));
        assert_eq!(agent.get(&widget).await.json(), set.json());
        let seen = agent.get("/v1/inboxes").await.json();
        assert_eq!(seen["items"].as_array().unwrap().len(), 1);
        agent.get(&format!("{widget}/secret")).await.is(403, "forbidden");
        let foreign =
            app.others.administrator.get("/v1/session").await.json()["user"]["id"].clone();
        let body = json!({"user_ids": [foreign]});
        administrator.json(Method::PUT, &members, &body).await.is(422, "invalid");
    });
}

#[test]
fn no_provider_is_offered_that_nobody_configured() {
    on_every_engine(async |app: &mut TestApp| {
        let nobody = app.nobody();
        assert_eq!(nobody.get("/v1/oidc").await.json(), json!({"providers": []}));
        nobody.get("/v1/oidc/nowhere/start").await.is(404, "not_found");
    });
}
