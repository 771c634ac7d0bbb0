//! Contacts through the API: listed, corrected, merged, erased, and carried in and out as CSV.

use reqwest::Method;
use serde_json::{Value, json};
use tertulia_engine::search::Indexer;

use crate::app::{Answer, Client, TestApp, on_every_engine};

/// Makes a contact; the answer.
async fn make(client: &Client, contact: Value) -> Value {
    let answer = client.post("/v1/contacts", &contact).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()
}

async fn label(app: &TestApp, name: &str) {
    let body = json!({"name": name, "color": "#336699", "description": ""});
    assert_eq!(app.people.administrator.post("/v1/labels", &body).await.status, 201);
}

/// The names on a page, and where the next one begins.
async fn names(client: &Client, path: &str) -> (Vec<String>, Option<String>) {
    let page = client.get(path).await;
    assert_eq!(page.status, 200, "{}", page.json());
    let page = page.json();
    let items = page["items"].as_array().unwrap().iter();
    let names = items.map(|it| it["name"].as_str().unwrap().to_owned()).collect();
    (names, page["next_cursor"].as_str().map(str::to_owned))
}

#[test]
fn contacts_are_listed_page_by_page_and_by_what_they_carry() {
    on_every_engine(async |app: &mut TestApp| {
        let agent = &app.people.agent;
        label(app, "vip").await;
        for (name, labels) in [("Ana", json!(["vip"])), ("Bo", json!([])), ("Cy", json!(["vip"]))] {
            make(agent, json!({"name": name, "labels": labels})).await;
        }
        make(&app.others.agent, json!({"name": "Ana of theirs"})).await;
        let (first, cursor) = names(agent, "/v1/contacts?limit=2").await;
        assert_eq!(first, ["Cy", "Bo"], "newest first");
        let cursor = cursor.unwrap();
        let (second, end) = names(agent, &format!("/v1/contacts?limit=2&cursor={cursor}")).await;
        assert_eq!((second, end), (vec!["Ana".to_owned()], None));
        assert_eq!(names(agent, "/v1/contacts?label=vip").await.0, ["Cy", "Ana"]);
        assert_eq!(names(agent, "/v1/contacts?label=nope").await.0, Vec::<String>::new());
        app.work_until(|| Indexer, async || !names(agent, "/v1/contacts?q=an").await.0.is_empty())
            .await;
        assert_eq!(names(agent, "/v1/contacts?q=an").await.0, ["Ana"], "and nobody of theirs");
        for (query, status, code) in [
            (format!("label=vip&cursor={cursor}"), 400, "cursor_invalid"),
            ("cursor=made-up".to_owned(), 400, "cursor_invalid"),
            ("q=an&label=vip".to_owned(), 422, "invalid"),
            ("limit=0".to_owned(), 422, "invalid"),
            ("limit=101".to_owned(), 422, "invalid"),
            ("page=2".to_owned(), 422, "unknown_field"),
        ] {
            agent.get(&format!("/v1/contacts?{query}")).await.is(status, code);
        }
    });
}

#[test]
fn what_cannot_be_a_contact_is_refused_with_its_place() {
    on_every_engine(async |app: &mut TestApp| {
        let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
        let attributes: Value = many.iter().map(|key| (key.clone(), json!(1))).collect();
        for (field, value, code, pointer) in [
            ("name", json!(" "), "empty_text", "/name"),
            ("name", json!("x".repeat(201)), "too_long", "/name"),
            ("name", Value::Null, "type_mismatch", "/name"),
            ("email", json!("ana"), "invalid", "/email"),
            ("phone", json!("call me"), "invalid", "/phone"),
            ("locale", json!("<script>"), "invalid", "/locale"),
            ("attributes", attributes, "invalid", "/attributes"),
            ("attributes", json!({"k": "x".repeat(17_000)}), "too_long", "/attributes"),
            ("labels", json!(["nope"]), "invalid", "/labels"),
            ("verified", json!(true), "unknown_field", "/verified"),
        ] {
            let mut body = json!({"name": "Ana"});
            body[field] = value;
            let answer = app.people.agent.post("/v1/contacts", &body).await;
            assert_eq!(answer.is(422, code).json()["pointer"], pointer, "{field}");
        }
        assert_eq!(names(&app.people.agent, "/v1/contacts").await.0, Vec::<String>::new());
    });
}

#[test]
fn a_correction_changes_what_it_names_and_null_clears() {
    on_every_engine(async |app: &mut TestApp| {
        let agent = &app.people.agent;
        let contact = json!({
            "name": "Ana", "email": "Ana@Example.com", "phone": "+351 912 345 678", "locale": "pt",
            "attributes": {"plan": "gold", "seats": 3},
        });
        let made = make(agent, contact).await;
        assert_eq!(
            (&made["email"], &made["phone"]),
            (&json!("ana@example.com"), &json!("+351912345678"))
        );
        let path = format!("/v1/contacts/{}", made["id"]);
        let mut known = made;
        for (change, after) in [
            (json!({}), json!({})),
            (json!({"name": "Ana M."}), json!({"name": "Ana M."})),
            (json!({"name": null}), json!({})),
            (json!({"email": null}), json!({"email": null})),
            (json!({"phone": ""}), json!({"phone": null})),
            (json!({"locale": null}), json!({"locale": null})),
            (json!({"email": "b@example.com"}), json!({"email": "b@example.com"})),
            (
                json!({"attributes": {"plan": null, "city": "Porto"}}),
                json!({"attributes": {"seats": 3, "city": "Porto"}}),
            ),
            (json!({"attributes": null}), json!({})),
            (json!({"attributes": {}}), json!({})),
        ] {
            let answer = agent.json(Method::PATCH, &path, &change).await;
            assert_eq!(answer.status, 200, "{change}: {}", answer.json());
            for (field, value) in after.as_object().unwrap() {
                known[field] = value.clone();
            }
            known["updated_at"] = answer.json()["updated_at"].clone();
            assert_eq!(answer.json(), known, "{change}");
        }
        assert_eq!(agent.get(&path).await.json(), known);
        agent.json(Method::PATCH, &path, &json!({"name": ""})).await.is(422, "empty_text");
        agent.json(Method::PATCH, &path, &json!({"labels": []})).await.is(422, "unknown_field");
        let others = &app.others.agent;
        others.json(Method::PATCH, &path, &json!({"name": "Eve"})).await.is(404, "not_found");
        assert_eq!(agent.get(&path).await.json(), known);
    });
}

#[test]
fn labels_and_blocks_are_set_and_taken_back() {
    on_every_engine(async |app: &mut TestApp| {
        let agent = &app.people.agent;
        label(app, "vip").await;
        label(app, "late").await;
        let path = format!("/v1/contacts/{}", make(agent, json!({"name": "Ana"})).await["id"]);
        let labels = format!("{path}/labels");
        let set =
            async |names: Value| agent.json(Method::PUT, &labels, &json!({"labels": names})).await;
        assert_eq!(set(json!(["vip", "late"])).await.json()["labels"], json!(["late", "vip"]));
        let refused = set(json!(["vip", "nope"])).await;
        assert_eq!(refused.is(422, "invalid").json()["pointer"], "/labels");
        assert_eq!(agent.get(&path).await.json()["labels"], json!(["late", "vip"]), "all or none");
        assert_eq!(set(json!([])).await.json()["labels"], json!([]));
        for (verb, blocked) in [("block", true), ("block", true), ("unblock", false)] {
            let answer = agent.post(&format!("{path}/{verb}"), &json!({})).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["blocked"]), (200, &json!(blocked)));
        }
        app.others.agent.post(&format!("{path}/block"), &json!({})).await.is(404, "not_found");
    });
}

#[test]
fn a_merged_contact_is_the_other_one() {
    on_every_engine(async |app: &mut TestApp| {
        let boss = &app.people.supervisor;
        let source =
            json!({"name": "A.", "email": "a@example.com", "attributes": {"n": 1, "o": 1}});
        let source = make(boss, source).await;
        let target = make(boss, json!({"name": "Ana", "attributes": {"n": 2}})).await;
        let foreign = make(&app.others.supervisor, json!({"name": "Eve"})).await;
        let merge = format!("/v1/contacts/{}/merge", source["id"]);
        for into in [&source["id"], &foreign["id"], &json!(999_999)] {
            let refused = boss.post(&merge, &json!({"into": into})).await;
            assert_eq!(refused.is(422, "invalid").json()["pointer"], "/into");
        }
        let into = json!({"into": target["id"]});
        app.people.agent.post(&merge, &into).await.is(403, "forbidden");
        let merged = boss.post(&merge, &into).await.json();
        assert_eq!((&merged["id"], &merged["name"]), (&target["id"], &json!("Ana")));
        assert_eq!(merged["email"], "a@example.com");
        assert_eq!(merged["attributes"], json!({"n": 2, "o": 1}));
        boss.post(&merge, &into).await.is(404, "not_found");
        assert_eq!(names(boss, "/v1/contacts").await.0, ["Ana"]);
    });
}

#[test]
fn a_person_is_exported_and_erased() {
    on_every_engine(async |app: &mut TestApp| {
        let boss = &app.people.supervisor;
        let made = make(boss, json!({"name": "Ana", "email": "ana@example.com"})).await;
        let path = format!("/v1/contacts/{}", made["id"]);
        let export = boss.get(&format!("{path}/export")).await.json();
        assert_eq!(export["contact"], made);
        assert_eq!((&export["conversations"], &export["messages"]), (&json!([]), &json!([])));
        for verb in ["erase", "merge"] {
            let refused =
                app.people.agent.post(&format!("{path}/{verb}"), &json!({"into": 1})).await;
            refused.is(403, "forbidden");
        }
        app.people.agent.get(&format!("{path}/export")).await.is(403, "forbidden");
        app.others.supervisor.get(&format!("{path}/export")).await.is(404, "not_found");
        let erase = format!("{path}/erase");
        app.others.supervisor.post(&erase, &json!({})).await.is(404, "not_found");
        assert_eq!(boss.post(&erase, &json!({})).await.status, 202);
        for gone in [path.clone(), format!("{path}/export"), format!("{path}/conversations")] {
            boss.get(&gone).await.is(404, "not_found");
        }
        boss.post(&erase, &json!({})).await.is(404, "not_found");
        assert_eq!(names(boss, "/v1/contacts").await.0, Vec::<String>::new());
    });
}

async fn import(client: &Client, query: &str, file: &str) -> Answer {
    let path = format!("/v1/contacts/import{query}");
    client.send(Method::POST, &path, Some("text/csv"), file.to_owned().into_bytes()).await
}

/// Two rows that are fine among rows that are not.
const MIXED: &str = "name,email,phone,labels,attributes.plan\n\
     Ana,ana@example.com,,vip,gold\n\
     Bo,not an address,,,\n\
     Cy,cy@example.com,,nope,\n\
     ,dee@example.com,,,\n\
     Eve,eve@example.com,+351 912 345 678,,\n\
     Flo,ana@example.com,,,\n\
     Gil\n";

#[test]
fn a_file_with_bad_rows_names_them_and_writes_nothing_unless_asked_to() {
    on_every_engine(async |app: &mut TestApp| {
        let boss = &app.people.supervisor;
        label(app, "vip").await;
        let refused = import(boss, "", MIXED).await.json();
        let places: Vec<_> = refused["rejected"].as_array().unwrap().iter().collect();
        let places: Vec<_> =
            places.iter().map(|it| (it["row"].as_u64().unwrap(), it["column"].as_str())).collect();
        let expected = [
            (3, Some("email")),
            (4, Some("labels")),
            (5, Some("name")),
            (7, Some("email")),
            (8, Some("email")),
        ];
        assert_eq!(places, expected, "{refused}");
        assert_eq!(refused["form"], json!({"encoding": "UTF-8", "delimiter": ","}));
        let counts = |report: &Value| {
            let count = |name: &str| report[name].as_u64().unwrap();
            ["rows", "created", "updated", "rejected_count"].map(count)
        };
        assert_eq!(counts(&refused), [7, 0, 0, 5]);
        assert_eq!(names(boss, "/v1/contacts").await.0, Vec::<String>::new(), "nothing is written");
        let tried = import(boss, "?dry_run=true&partial=true", MIXED).await.json();
        assert_eq!(counts(&tried), [7, 2, 0, 5], "what would happen");
        assert_eq!(names(boss, "/v1/contacts").await.0, Vec::<String>::new());
        assert_eq!(counts(&import(boss, "?partial=true", MIXED).await.json()), [7, 2, 0, 5]);
        assert_eq!(names(boss, "/v1/contacts").await.0, ["Eve", "Ana"]);
        assert_eq!(counts(&import(boss, "?partial=true", MIXED).await.json()), [7, 0, 0, 5]);
        let ana = boss.get("/v1/contacts?label=vip").await.json()["items"][0].clone();
        assert_eq!((&ana["name"], &ana["attributes"]), (&json!("Ana"), &json!({"plan": "gold"})));
    });
}

#[test]
fn a_file_that_is_no_list_of_contacts_is_told_so() {
    on_every_engine(async |app: &mut TestApp| {
        let boss = &app.people.supervisor;
        for (file, code) in [
            ("name,mail\nAna,a@example.com\n", "unknown_column"),
            ("email\na@example.com\n", "missing_column"),
            ("name,email,email\nAna,a@example.com,b@example.com\n", "duplicate_column"),
        ] {
            let report = import(boss, "?partial=true", file).await.json();
            let codes: Vec<_> = report["rejected"].as_array().unwrap().iter().collect();
            assert!(
                codes.iter().any(|it| it["code"] == code && it["row"] == 1),
                "{file}: {report}"
            );
            assert_eq!(report["created"], 0);
        }
        let json = boss.post("/v1/contacts/import", &json!({})).await;
        json.is(415, "unsupported_media_type");
        import(boss, "?partial=maybe", "name,email\n").await.is(422, "invalid");
        import(&app.people.agent, "", MIXED).await.is(403, "forbidden");
        app.people.agent.get("/v1/contacts/export").await.is(403, "forbidden");
    });
}

#[test]
fn what_is_exported_can_be_imported_elsewhere() {
    on_every_engine(async |app: &mut TestApp| {
        let boss = &app.people.supervisor;
        let odd = json!({
            "name": "=SUM(A1), \"Ana\"\u{1F469}", "email": "ana@example.com",
            "phone": "+351912345678", "locale": "pt", "attributes": {"plan": "-gold"},
        });
        make(boss, odd.clone()).await;
        let file = boss.get("/v1/contacts/export").await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert!(file.header("content-disposition").contains("contacts.csv"));
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("\"'=SUM(A1)") && text.contains("'-gold"), "no formula: {text}");
        let taken = import(&app.others.supervisor, "", &text).await.json();
        assert_eq!((&taken["created"], &taken["rejected"]), (&json!(1), &json!([])));
        let copy = app.others.agent.get("/v1/contacts").await.json()["items"][0].clone();
        for field in ["name", "email", "phone", "locale", "attributes"] {
            assert_eq!(copy[field], odd[field], "{field}");
        }
    });
}
