//! People, teams, labels, inboxes and what is kept beside conversations, address by address.

use serde_json::{Value, json};

use super::{Account, refused};
use crate::app::{Role, TestApp, on_every_engine};

const ACCOUNT: &str = "/api/v1/accounts/{account_id}";

async fn administrator(app: &TestApp) -> Account {
    Account::of(app, Role::Administrator).await
}

fn op(method: &str, path: &str) -> String {
    format!("{method} {ACCOUNT}{path}")
}

fn ids(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
}

#[test]
fn agents_come_change_and_go() {
    on_every_engine(async |app: &mut TestApp| {
        let account = administrator(app).await;
        let list = account.check(&op("GET", "/agents"), &[], &account.get("agents").await);
        let roles: Vec<_> =
            list.as_array().unwrap().iter().map(|one| one["role"].clone()).collect();
        assert_eq!(roles, ["administrator", "agent", "agent"], "a supervisor is an agent there");
        let body = json!({"name": "Nora", "email": "Nora@north.example", "role": "agent"});
        let made = account.post("agents", body.clone()).await;
        let made = account.check(&op("POST", "/agents"), &[], &made);
        assert_eq!((&made["email"], &made["name"]), (&json!("nora@north.example"), &json!("Nora")));
        let again = account.post("agents", body).await;
        refused(&again, 422, "Email is taken: invite the person instead");
        assert_eq!(again.json()["attributes"], json!(["email"]));
        let path = format!("agents/{}", made["id"]);
        let changed = account.patch(&path, json!({"role": "administrator"})).await;
        let changed = account.check(&op("PATCH", "/agents/{id}"), &[], &changed);
        assert_eq!(changed["role"], "administrator");
        let wrong = account.patch(&path, json!({"role": "owner"})).await;
        refused(&wrong, 422, "role must be agent or administrator");
        assert_eq!(account.delete(&path, json!(null)).await.bytes, b"");
        refused(&account.delete(&path, json!(null)).await, 404, "Resource could not be found");
        assert_eq!(account.get("agents").await.json().as_array().unwrap().len(), 3);
        let bulk = account.post("agents/bulk_create", json!({"emails": ["a@x.example"]})).await;
        assert_eq!((bulk.status.as_u16(), bulk.bytes.as_slice()), (200, b"".as_slice()));
        let invited = app.people.administrator.get("/v1/invitations").await.json();
        assert_eq!(invited["items"][0]["email"], "a@x.example");
    });
}

#[test]
fn teams_have_members_who_come_and_go() {
    on_every_engine(async |app: &mut TestApp| {
        let account = administrator(app).await;
        let agents = ids(&account.get("agents").await.json());
        let made = account.post("teams", json!({"team": {"name": "Sales"}})).await;
        let team = account.check(&op("POST", "/teams"), &[], &made);
        let (path, one) = (format!("teams/{}", team["id"]), op("GET", "/teams/{team_id}"));
        let members = format!("{path}/team_members");
        let of = op("POST", "/teams/{team_id}/team_members");
        let added = account.post(&members, json!({"user_ids": [agents[0], agents[1]]})).await;
        assert_eq!(ids(&account.check(&of, &[], &added)), agents[..2]);
        let added = account.post(&members, json!({"user_ids": [agents[2]]})).await;
        assert_eq!(ids(&added.json()), agents, "the others stay");
        assert_eq!(account.check(&one, &[], &account.get(&path).await)["is_member"], true);
        let gone = account.delete(&members, json!({"user_ids": [agents[0]]})).await;
        assert_eq!((gone.status.as_u16(), gone.bytes.as_slice()), (200, b"".as_slice()));
        assert_eq!(account.get(&path).await.json()["is_member"], false);
        let set = account.patch(&members, json!({"user_ids": [agents[2]]})).await;
        let of = op("PATCH", "/teams/{team_id}/team_members");
        assert_eq!(ids(&account.check(&of, &[], &set)), agents[2..]);
        let of = op("GET", "/teams/{team_id}/team_members");
        assert_eq!(ids(&account.check(&of, &[], &account.get(&members).await)), agents[2..]);
        let stranger = account.post(&members, json!({"user_ids": [999_999]})).await;
        assert_eq!(
            (stranger.status.as_u16(), &stranger.json()["attributes"]),
            (422, &json!(["user_ids"]))
        );
        let renamed = account.patch(&path, json!({"name": "Support", "description": "d"})).await;
        let renamed = account.check(&op("PATCH", "/teams/{team_id}"), &[], &renamed);
        assert_eq!((&renamed["name"], &renamed["description"]), (&json!("Support"), &json!("d")));
        let list = account.check(&op("GET", "/teams"), &[], &account.get("teams").await);
        assert_eq!(list.as_array().unwrap().len(), 1);
        assert_eq!(account.delete(&path, json!(null)).await.status, 200);
        refused(&account.get(&path).await, 404, "Resource could not be found");
    });
}

#[test]
fn labels_have_titles_in_lower_case() {
    on_every_engine(async |app: &mut TestApp| {
        let account = administrator(app).await;
        let made = account.post("labels", json!({"title": "VIP", "color": "#112233"})).await;
        let label = account.check(&op("POST", "/labels"), &[], &made);
        assert_eq!((&label["title"], &label["description"]), (&json!("vip"), &json!("")));
        let path = format!("labels/{}", label["id"]);
        account.check(&op("GET", "/labels/{id}"), &[], &account.get(&path).await);
        let changed = account.patch(&path, json!({"label": {"title": "Late"}})).await;
        let changed = account.check(&op("PATCH", "/labels/{id}"), &[], &changed);
        assert_eq!((&changed["title"], &changed["color"]), (&json!("late"), &json!("#112233")));
        let list = account.check(&op("GET", "/labels"), &[], &account.get("labels").await);
        assert_eq!(list["payload"][0]["title"], "late");
        refused(&account.post("labels", json!({})).await, 422, "title is missing");
        assert_eq!(account.delete(&path, json!(null)).await.status, 200);
        assert_eq!(account.get("labels").await.json()["payload"], json!([]));
    });
}

#[test]
fn canned_responses_are_written_by_agents_too() {
    on_every_engine(async |app: &mut TestApp| {
        let account = Account::of(app, Role::Agent).await;
        let body = json!({"canned_response": {"short_code": "hi", "content": "Hello!"}});
        let made = account.post("canned_responses", body.clone()).await;
        let made = account.check(&op("POST", "/canned_responses"), &[], &made);
        let path = format!("canned_responses/{}", made["id"]);
        let again = account.post("canned_responses", body).await;
        refused(&again, 422, "There is a canned response with this short code already.");
        let changed = account.patch(&path, json!({"content": "Good day!"})).await;
        let changed = account.check(&op("PATCH", "/canned_responses/{id}"), &[], &changed);
        assert_eq!(
            (&changed["short_code"], &changed["content"]),
            (&json!("hi"), &json!("Good day!"))
        );
        account.post("canned_responses", json!({"short_code": "x", "content": "hip"})).await;
        let of = op("GET", "/canned_responses");
        let found = account.get("canned_responses?search=HI").await;
        let found = account.check(&of, &[], &found);
        assert_eq!(found[0]["short_code"], "hi");
        assert_eq!(found[1]["short_code"], "x");
        assert_eq!(account.delete(&path, json!(null)).await.bytes, b"");
        assert_eq!(account.get("canned_responses").await.json().as_array().unwrap().len(), 1);
    });
}

/// The document calls the list of values a text, and says nothing of what may be null.
const NULL_OR_LIST: &[&str] = &["attribute_values", "regex_pattern", "regex_cue", "default_value"];

#[test]
fn attributes_are_defined_by_number_or_by_name() {
    on_every_engine(async |app: &mut TestApp| {
        let account = administrator(app).await;
        let noun = "custom_attribute_definitions";
        let body = json!({"attribute_display_name": "Plan", "attribute_display_type": 6,
            "attribute_key": "plan", "attribute_values": ["free", "paid"], "attribute_model": 1});
        let made = account.post(noun, body).await;
        let of = op("POST", "/custom_attribute_definitions");
        let made = account.check(&of, NULL_OR_LIST, &made);
        assert_eq!(made["attribute_display_type"], "list");
        assert_eq!(made["attribute_model"], "contact_attribute");
        assert_eq!(made["attribute_values"], json!(["free", "paid"]));
        let path = format!("{noun}/{}", made["id"]);
        let change =
            json!({"attribute_display_type": "text", "regex_pattern": "^a", "regex_cue": "a"});
        let changed = account.patch(&path, change).await;
        let of = op("PATCH", "/custom_attribute_definitions/{id}");
        let changed = account.check(&of, NULL_OR_LIST, &changed);
        assert_eq!(
            (&changed["attribute_values"], &changed["regex_cue"]),
            (&json!([]), &json!("a"))
        );
        let one = op("GET", "/custom_attribute_definitions/{id}");
        account.check(&one, NULL_OR_LIST, &account.get(&path).await);
        let of = op("GET", "/custom_attribute_definitions");
        let list = async |model| {
            let found = account.get(&format!("{noun}?attribute_model={model}")).await;
            account.check(&of, NULL_OR_LIST, &found).as_array().unwrap().len()
        };
        assert_eq!((list("1").await, list("0").await), (1, 0));
        let gone = account.delete(&path, json!(null)).await;
        assert_eq!((gone.status.as_u16(), gone.bytes.as_slice()), (204, b"".as_slice()));
        refused(&account.get(&path).await, 404, "Resource could not be found");
    });
}

#[test]
fn filters_are_ones_own() {
    on_every_engine(async |app: &mut TestApp| {
        let (mine, theirs) = (Account::of(app, Role::Agent).await, administrator(app).await);
        let query = json!({"payload": [{"attribute_key": "status", "filter_operator": "equal_to",
            "values": ["open"], "query_operator": null}]});
        let body = json!({"name": "Open", "type": "conversation", "query": query});
        let made = mine.post("custom_filters", body).await;
        let made = mine.check(&op("POST", "/custom_filters"), &[], &made);
        assert_eq!((&made["query"], &made["filter_type"]), (&query, &json!("conversation")));
        let path = format!("custom_filters/{}", made["id"]);
        refused(&theirs.get(&path).await, 404, "Resource could not be found");
        assert_eq!(theirs.get("custom_filters").await.json(), json!([]));
        let changed = mine.patch(&path, json!({"custom_filter": {"name": "Late"}})).await;
        let of = op("PATCH", "/custom_filters/{custom_filter_id}");
        assert_eq!(mine.check(&of, &[], &changed)["name"], "Late");
        let of = op("GET", "/custom_filters/{custom_filter_id}");
        assert_eq!(mine.check(&of, &[], &mine.get(&path).await)["query"], query);
        let list = mine.get("custom_filters?filter_type=conversation").await;
        assert_eq!(ids(&mine.check(&op("GET", "/custom_filters"), &[], &list)).len(), 1);
        assert_eq!(mine.get("custom_filters?filter_type=1").await.json(), json!([]));
        let report = mine.post("custom_filters", json!({"name": "x", "type": "report"})).await;
        refused(&report, 422, "filter_type report is not kept here");
        assert_eq!(mine.delete(&path, json!(null)).await.status, 204);
    });
}

/// Of an inbox these are only where there is such a channel.
const OF_WEBSITES: &[&str] = &[
    "website_url",
    "widget_color",
    "website_token",
    "web_widget_script",
    "welcome_title",
    "welcome_tagline",
    "reply_time",
    "medium",
];

#[test]
fn inboxes_are_made_in_chatwoots_words() {
    on_every_engine(async |app: &mut TestApp| {
        let account = administrator(app).await;
        let body = json!({"name": "Shop", "greeting_enabled": true, "greeting_message": "Hello",
            "channel": {"type": "web_widget", "website_url": "https://shop.example",
                "welcome_title": "Hi", "widget_color": "#FF5733",
                "selected_feature_flags": ["emoji_picker"]}});
        let made = account.post("inboxes", body).await;
        let made = account.check(&op("POST", "/inboxes"), &["reply_time", "medium"], &made);
        assert_eq!(
            (&made["welcome_title"], &made["widget_color"]),
            (&json!("Hi"), &json!("#ff5733"))
        );
        assert_eq!(made["selected_feature_flags"], json!(["emoji_picker"]));
        assert_eq!(
            (&made["greeting_message"], &made["greeting_enabled"]),
            (&json!("Hello"), &json!(true))
        );
        let path = format!("inboxes/{}", made["id"]);
        let change = json!({"name": "Store", "greeting_enabled": false,
            "channel": {"hmac_mandatory": true, "allowed_domains": "store.example"}});
        let changed = account.patch(&path, change).await;
        let of = op("PATCH", "/inboxes/{id}");
        let changed = account.check(&of, &["reply_time", "medium"], &changed);
        assert_eq!((&changed["name"], &changed["greeting_message"]), (&json!("Store"), &json!("")));
        assert_eq!(changed["website_url"], "https://store.example");
        let url = "https://bot.example/in";
        let body = json!({"name": "Api", "channel": {"type": "api", "webhook_url": url}});
        let api = account.post("inboxes", body).await;
        let api = account.check(&op("POST", "/inboxes"), OF_WEBSITES, &api);
        assert_eq!(
            (&api["webhook_url"], &api["channel_type"]),
            (&json!(url), &json!("Channel::Api"))
        );
        assert!(api["inbox_identifier"].is_string() && api["secret"].is_string(), "{api}");
        let list = account.get("inboxes").await;
        let list = account.check(&op("GET", "/inboxes"), OF_WEBSITES, &list);
        assert_eq!(list["payload"].as_array().unwrap().len(), 4);
        let fax = account.post("inboxes", json!({"name": "x", "channel": {"type": "fax"}})).await;
        assert_eq!(fax.status, 422, "{}", fax.json());
        assert!(account.delete(&path, json!(null)).await.json()["message"].is_string());
        refused(&account.get(&path).await, 404, "Resource could not be found");
    });
}

#[test]
fn an_inbox_is_for_its_members_and_its_secrets_are_not() {
    on_every_engine(async |app: &mut TestApp| {
        let (lead, agent) = (administrator(app).await, Account::of(app, Role::Agent).await);
        let path = format!("inboxes/{}", app.people.api.id);
        refused(&agent.get(&path).await, 404, "Resource could not be found");
        let me = agent.client.get("/api/v1/profile").await.json()["id"].clone();
        let body = json!({"inbox_id": app.people.api.id, "user_ids": [me]});
        let of = op("POST", "/inbox_members");
        let added = lead.check(&of, &[], &lead.post("inbox_members", body.clone()).await);
        assert_eq!(added["payload"][0]["id"], me);
        let seen = agent.get(&path).await;
        let seen = agent.check(&op("GET", "/inboxes/{id}"), OF_WEBSITES, &seen);
        assert_eq!((seen.get("secret"), seen.get("hmac_token")), (None, None));
        let assignable = format!("assignable_agents?inbox_ids[]={}", app.people.api.id);
        let assignable = agent.get(&assignable).await.json();
        assert_eq!(assignable["payload"].as_array().unwrap().len(), 3);
        let members = format!("inbox_members/{}", app.people.api.id);
        let of = op("GET", "/inbox_members/{inbox_id}");
        assert_eq!(lead.check(&of, &[], &lead.get(&members).await)["payload"][0]["id"], me);
        assert_eq!(lead.delete("inbox_members", body).await.bytes, b"");
        refused(&agent.get(&path).await, 404, "Resource could not be found");
    });
}

#[test]
fn the_account_and_the_person_are_shown() {
    on_every_engine(async |app: &mut TestApp| {
        let account = administrator(app).await;
        let nobody_subscribes = &[
            "subscribed_features",
            "plan_name",
            "subscribed_quantity",
            "subscription_status",
            "subscription_ends_on",
            "industry",
            "company_size",
            "timezone",
            "logo",
            "onboarding_step",
            "marked_for_deletion_at",
            "marked_for_deletion_reason",
            "auto_resolve_after",
            "auto_resolve_message",
            "auto_resolve_ignore_waiting",
        ];
        let shown = account.get("").await;
        let shown = account.check(&format!("GET {ACCOUNT}"), nobody_subscribes, &shown);
        assert_eq!(shown["name"], "north");
        let changed = account.patch("", json!({"name": "North", "locale": "pt_BR"})).await;
        let changed = account.check(&format!("PATCH {ACCOUNT}"), nobody_subscribes, &changed);
        assert_eq!((&changed["name"], &changed["locale"]), (&json!("North"), &json!("pt-BR")));
        let profile = account.client.get("/api/v1/profile").await;
        let profile = account.check("GET /api/v1/profile", &[], &profile);
        assert_eq!(
            (&profile["role"], &profile["accounts"][0]["name"]),
            (&json!("administrator"), &json!("North"))
        );
        let token = profile["access_token"].as_str().unwrap();
        let again = app.nobody().with_token(token).get("/api/v1/profile").await.json();
        assert_eq!(again["id"], profile["id"], "the token is the one that was presented");
    });
}

#[test]
fn what_is_absent_says_so() {
    on_every_engine(async |app: &mut TestApp| {
        let account = administrator(app).await;
        refused(&account.get("macros").await, 404, "There are no macros.");
        refused(&account.get("portals/1").await, 404, "There is no help centre.");
        let platform = account.client.get("/platform/api/v1/users/1").await;
        assert_eq!(platform.status, 404, "{}", platform.json());
        let table = account.get("v2/summary_reports/channel").await;
        assert_eq!(table.status, 404, "{}", table.json());
        let none = account.get("notifications").await.json();
        assert_eq!(
            (&none["data"]["payload"], &none["data"]["meta"]["count"]),
            (&json!([]), &json!(0))
        );
        assert_eq!(account.get("notifications/unread_count").await.json(), json!(0));
    });
}
