//! Contacts: listed, made, corrected, joined and erased.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::Desk;
use super::fields::{self, has};
use crate::app::{TestApp, on_every_engine};

#[test]
fn a_contact_is_made_with_an_address_and_corrected() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let body = json!({
            "name": "Ana", "email": "Ana@Example.com", "phone_number": "+351912345678",
            "identifier": "crm-7", "inbox_id": app.people.api.id, "source_id": "their-7",
            "custom_attributes": {"plan": "gold"}, "additional_attributes": {"city": "Porto"},
        });
        let made = desk.post("/contacts", &body).await;
        let contact = &made["payload"]["contact"];
        has(contact, fields::CONTACT);
        has(&made["payload"]["contact_inbox"], fields::CONTACT_INBOX);
        has(&made["payload"]["contact_inbox"]["inbox"], fields::SLIM_INBOX);
        assert_eq!(made["payload"]["contact_inbox"]["source_id"], "their-7");
        assert_eq!(contact["identifier"], "crm-7");
        assert_eq!(contact["custom_attributes"], json!({"plan": "gold"}));
        assert_eq!(contact["additional_attributes"], json!({"city": "Porto"}));
        let one = format!("/contacts/{}", contact["id"]);
        let body = json!({"email": null, "custom_attributes": {"size": 3},
            "additional_attributes": {"country": "PT"}});
        let changed = desk.patch(&one, &body).await["payload"].clone();
        assert_eq!((&changed["email"], &changed["name"]), (&Value::Null, &json!("Ana")));
        assert_eq!(changed["custom_attributes"], json!({"plan": "gold", "size": 3}));
        assert_eq!(changed["additional_attributes"], json!({"city": "Porto", "country": "PT"}));
        let body = json!({"custom_attributes": ["size", "identifier"]});
        let left =
            desk.post(&format!("{one}/destroy_custom_attributes"), &body).await["payload"].clone();
        assert_eq!(left["custom_attributes"], json!({"plan": "gold"}));
        assert_eq!(left["identifier"], "crm-7");
        assert_eq!(desk.get(&one).await["payload"], left);
        let blocked = desk.patch(&one, &json!({"blocked": true})).await;
        assert_eq!(blocked["payload"]["blocked"], true);
        let nameless = desk.post("/contacts", &json!({"phone_number": "+351900000000"})).await;
        assert_eq!(nameless["payload"]["contact"]["name"], "+351900000000");
        let nowhere = json!({"inbox": null, "source_id": null});
        assert_eq!(nameless["payload"]["contact_inbox"], nowhere);
    });
}

#[test]
fn who_is_known_already_is_not_made_again() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let body = json!({"name": "Ana", "email": "ana@example.com", "phone_number": "+351912345678",
            "identifier": "crm-7"});
        desk.post("/contacts", &body).await;
        for (field, value, title) in [
            ("email", "ANA@example.com", "Email"),
            ("phone_number", "+351912345678", "Phone number"),
            ("identifier", "crm-7", "Identifier"),
        ] {
            let expected = json!({"message": format!("{title} has already been taken"), "attributes": [field]});
            let body = json!({"name": "Other", field: value});
            desk.refused(Method::POST, "/contacts", &body, (422, &expected)).await;
        }
        let taken = json!({"name": "Bo", "inbox_id": app.people.api.id, "source_id": "x"});
        desk.post("/contacts", &taken).await;
        let other = desk.post("/contacts", &json!({"name": "Cy"})).await;
        let path = format!("/contacts/{}/contact_inboxes", other["payload"]["contact"]["id"]);
        let body = json!({"inbox_id": app.people.api.id, "source_id": "x"});
        let expected =
            json!({"message": "Source id has already been taken", "attributes": ["source_id"]});
        desk.refused(Method::POST, &path, &body, (422, &expected)).await;
        let expected =
            json!({"message": "Email is not an e-mail address", "attributes": ["email"]});
        let body = json!({"name": "Eve", "email": "nonsense"});
        desk.refused(Method::POST, "/contacts", &body, (422, &expected)).await;
    });
}

#[test]
fn contacts_are_listed_and_searched_in_pages() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        for number in 10..28 {
            let body = json!({"name": format!("Contact {number}"), "email": format!("c{number}@example.com")});
            desk.post("/contacts", &body).await;
        }
        desk.post("/contacts", &json!({"name": "Nobody knows how to reach"})).await;
        let list = desk.get("/contacts?sort=name").await;
        assert_eq!(list["meta"], json!({"count": 18, "current_page": 1}));
        assert_eq!(list["payload"].as_array().unwrap().len(), 15);
        assert_eq!(list["payload"][0]["name"], "Contact 10");
        has(&list["payload"][0], fields::CONTACT);
        assert!(list["payload"][0]["contact_inboxes"].is_array());
        let second = desk.get("/contacts?sort=name&page=2&include_contact_inboxes=false").await;
        assert_eq!(second["payload"].as_array().unwrap().len(), 3);
        assert!(second["payload"][0].get("contact_inboxes").is_none());
        let found = desk.get("/contacts/search?q=CONTACT&sort=-name").await;
        assert_eq!(found["meta"], json!({"count": 15, "has_more": true, "current_page": 1}));
        assert_eq!(found["payload"][0]["name"], "Contact 27");
        let found = desk.get("/contacts/search?q=c12@example").await;
        assert_eq!(found["meta"], json!({"count": 1, "has_more": false, "current_page": 1}));
        let expected = json!({"error": "Specify search string with parameter q"});
        desk.refused(Method::GET, "/contacts/search", &Value::Null, (422, &expected)).await;
    });
}

#[test]
fn addresses_labels_and_conversations_of_a_contact() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let one = |path: &str| format!("/contacts/{}{path}", scene.contact);
        let conversations = desk.get(&one("/conversations")).await;
        assert_eq!(conversations["payload"][0]["id"], scene.conversation);
        let body = json!({"inbox_id": app.people.widget.id});
        let made = desk.post(&one("/contact_inboxes"), &body).await;
        has(&made, fields::CONTACT_INBOX);
        let all = desk.get(&one("/contactable_inboxes")).await;
        assert_eq!(all["payload"].as_array().unwrap().len(), 2);
        let body = json!({"inbox_id": app.people.api.id, "source_id": scene.source_id});
        let found = desk.post("/contact_inboxes/filter", &body).await;
        assert_eq!(found["id"], scene.contact);
        let labels = desk.post(&one("/labels"), &json!({"labels": ["vip"]})).await;
        assert_eq!(labels, json!({"payload": ["vip"]}));
        assert_eq!(desk.get(&one("/labels")).await, labels);
        assert_eq!(desk.get("/contacts?labels[]=vip").await["meta"]["count"], 1);
        assert_eq!(desk.get("/contacts?labels[]=other").await["meta"]["count"], 0);
        for (method, path) in
            [(Method::GET, "/notes"), (Method::POST, "/notes"), (Method::GET, "/attachments")]
        {
            assert_eq!(desk.ask(method, &one(path), &json!({})).await.status, 404);
        }
        app.settle().await;
    });
}

#[test]
fn two_become_one_and_one_is_erased() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let scene = desk.scene(&app.people).await;
        let other =
            desk.post("/contacts", &json!({"name": "Anna", "phone_number": "+351911111111"})).await;
        let other = other["payload"]["contact"]["id"].clone();
        let body = json!({"base_contact_id": scene.contact, "mergee_contact_id": other});
        let joined = desk.post("/actions/contact_merge", &body).await;
        assert_eq!(
            (&joined["id"], &joined["phone_number"]),
            (&json!(scene.contact), &json!("+351911111111"))
        );
        let missing = json!({"error": "Resource could not be found"});
        desk.refused(Method::GET, &format!("/contacts/{other}"), &Value::Null, (404, &missing))
            .await;
        let one = format!("/contacts/{}", scene.contact);
        desk.delete(&one, &Value::Null).await;
        desk.refused(Method::GET, &one, &Value::Null, (404, &missing)).await;
        app.settle().await;
    });
}

#[test]
fn contacts_come_from_a_file() {
    on_every_engine(async |app: &mut TestApp| {
        let desk = Desk::of(&app.people);
        let body = "--b\r\nContent-Disposition: form-data; name=\"import_file\"; filename=\"c.csv\"\r\n\r\n\
            name,email,phone_number\nAna,ana@example.com,+351912345678\nBo,nonsense,\n\r\n--b--\r\n";
        let media_type = Some("multipart/form-data; boundary=b");
        let path = desk.path("/contacts/import");
        let answer =
            desk.client.send(Method::POST, &path, media_type, body.as_bytes().to_vec()).await;
        assert_eq!(Desk::fine(answer), Value::Null);
        let list = desk.get("/contacts").await;
        assert_eq!(list["meta"]["count"], 1);
        assert_eq!(list["payload"][0]["phone_number"], "+351912345678");
        let none = json!({"error": "File is blank"});
        desk.refused(Method::POST, "/contacts/import", &json!({}), (422, &none)).await;
    });
}
