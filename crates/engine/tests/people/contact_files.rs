//! Files of contacts, in and out: what is taken, what is refused, and what comes back.

use tertulia_domain::contact::Contact;
use tertulia_domain::user::Role;
use tertulia_engine::contacts::{self, Import, ImportReport};
use tertulia_engine::{Error, labels};
use tertulia_store::{Error as StoreError, Scope, contacts as stored};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::World;

impl World {
    async fn look(&self, text: &str) -> ImportReport {
        self.import(text, |command| Import { dry_run: true, ..command }).await
    }

    async fn take(&self, text: &str) -> ImportReport {
        self.import(text, |command| command).await
    }

    async fn import(&self, text: &str, adapt: impl FnOnce(Import) -> Import) -> ImportReport {
        let command = adapt(Import { bytes: text.as_bytes().to_vec(), ..Import::default() });
        contacts::import(&self.engine, &self.admin, command).await.unwrap()
    }

    async fn export(&self) -> String {
        let file = contacts::export_csv(&self.engine, &self.admin).await.unwrap();
        String::from_utf8(file).unwrap()
    }

    async fn contacts(&self) -> Vec<Contact> {
        let account = self.admin.account_id;
        let read = move |tx: &mut tertulia_store::ReadTx<'_>| {
            let last = tertulia_domain::ContactId(i64::MAX);
            let mut found = Vec::new();
            for id in tertulia_store::contacts::page(tx, account, None, last, 1_000)? {
                found.extend(stored::shown(tx, account, id)?.map(|(contact, _)| contact));
            }
            found.reverse();
            Ok::<_, StoreError>(found)
        };
        self.engine.store.read(Scope::Account(account), read).await.unwrap()
    }

    async fn label(&self, name: &str) {
        let command = labels::Create {
            name: name.to_owned(),
            color: "#3b5bdb".to_owned(),
            description: String::new(),
        };
        labels::create(&self.engine, &self.admin, command).await.unwrap();
    }
}

fn counts(report: &ImportReport) -> (usize, usize, usize, usize) {
    (report.rows, report.created, report.updated, report.rejected_count)
}

fn places(report: &ImportReport) -> Vec<(usize, &str, &str)> {
    let place = |it: &'_ contacts::ImportRejection| it.row;
    let rows = report.rejected.iter().map(place);
    let rest = report.rejected.iter();
    rows.zip(rest)
        .map(|(row, it)| (row, it.column.as_deref().unwrap_or(""), it.code.as_str()))
        .collect()
}

on_every_engine!(bad_input_095_a_file_with_a_wrong_header_changes_nothing, async |db: &TestDb| {
    let world = World::new(db).await;
    let file = "name,e-mail\nAna,ana@example.com\n";
    let report = world.import(file, |command| Import { partial: true, ..command }).await;
    assert_eq!(counts(&report), (0, 0, 0, 2));
    assert!(world.contacts().await.is_empty());
});

on_every_engine!(bad_input_096_wrong_rows_are_counted_and_named, async |db: &TestDb| {
    let world = World::new(db).await;
    let row = |number: usize| match number % 4 {
        0 => format!("Person {number},p{number}@example.com,"),
        1 => format!("Person {number},not an address,"),
        2 => format!("Person {number},,call me"),
        _ => format!(",p{number}@example.com,"),
    };
    let rows: Vec<String> = (0..400).map(row).collect();
    let file = format!("name,email,phone\n{}\n", rows.join("\n"));
    let looked = world.look(&file).await;
    assert_eq!((counts(&looked), looked.rejected.len()), ((400, 100, 0, 300), 100));
    let first = &places(&looked)[..3];
    assert_eq!(
        first,
        [(3, "email", "invalid"), (4, "phone", "invalid"), (5, "name", "empty_text")]
    );
    assert!(world.contacts().await.is_empty(), "a dry run changes nothing");
    assert_eq!(counts(&world.take(&file).await), (400, 0, 0, 300));
    assert!(world.contacts().await.is_empty(), "all or nothing");
    let taken = world.import(&file, |command| Import { partial: true, ..command }).await;
    assert_eq!((counts(&taken), world.contacts().await.len()), ((400, 100, 0, 300), 100));
    world.recorded("contacts.imported -").await;

    let nobody = world.look("name,email\nAna,\n").await;
    assert_eq!(places(&nobody), [(2, "email", "required")]);
    let label = world.look("name,email,labels\nAna,a@example.com,vip\n").await;
    assert_eq!(places(&label), [(2, "labels", "unknown_label")]);
});

on_every_engine!(bad_input_097_nobody_is_there_twice, async |db: &TestDb| {
    let world = World::new(db).await;
    world.label("vip").await;
    let first = "name,email,phone\nAna,ana@example.com,\nBo,,+351 912 345 678\n";
    assert_eq!(counts(&world.take(first).await), (2, 2, 0, 0));
    let second = "name,email,phone,labels,attributes.plan\n\
        Ana Lima,ANA@example.com,+1 555 0100,vip,pro\n\
        Bo,bo@example.com,+351912345678,,\n\
        Cy,cy@example.com,+1 555 0100,,\n";
    assert_eq!(counts(&world.look(second).await), (3, 1, 2, 0));
    assert_eq!(counts(&world.take(second).await), (3, 1, 2, 0));
    let all = world.contacts().await;
    let names: Vec<_> = all.iter().map(|it| (it.name.as_str(), it.email.as_deref())).collect();
    let expected =
        [("Ana Lima", "ana@example.com"), ("Bo", "bo@example.com"), ("Cy", "cy@example.com")];
    assert_eq!(names, expected.map(|(name, email)| (name, Some(email))));
    assert_eq!(
        (all[0].labels.as_slice(), &all[0].attributes["plan"]),
        (&["vip".to_owned()][..], &"pro".into())
    );

    let twice = "name,email,phone\nA,x@example.com,\nB,X@example.com,\nC,,555 0199\nD,,5550199\n\
        E,bo@example.com,\nF,,+351912345678\n";
    let refused = world.look(twice).await;
    let expected = [(3, "email"), (5, "phone"), (7, "phone")];
    assert_eq!(places(&refused), expected.map(|(row, column)| (row, column, "duplicate_row")));
    let shared = world.look("name,phone\nWho,+1 555 0100\n").await;
    assert_eq!(places(&shared), [(2, "phone", "ambiguous")]);
});

on_every_engine!(bad_input_098_formulas_are_text_and_harmless_outside, async |db: &TestDb| {
    let world = World::new(db).await;
    let file = "name,email,phone,attributes.note\n\
        \"=HYPERLINK(\"\"http://evil.example\"\")\",a@example.com,+351912345678,@SUM(A1)\n\
        +cmd,b@example.com,,\"\tx\"\n-1,c@example.com,,'tis\n";
    assert_eq!(counts(&world.take(file).await), (3, 3, 0, 0));
    assert_eq!(world.contacts().await[0].name, "=HYPERLINK(\"http://evil.example\")");
    let exported = world.export().await;
    let lines: Vec<&str> = exported.lines().collect();
    assert_eq!(
        lines,
        [
            "name,email,phone,locale,labels,attributes.note",
            "'-1,c@example.com,,,,'tis",
            "'+cmd,b@example.com,,,,'\tx",
            "\"'=HYPERLINK(\"\"http://evil.example\"\")\",a@example.com,'+351912345678,,,'@SUM(A1)",
        ]
    );
    world.recorded("contacts.exported -").await;
    assert_eq!(counts(&world.take(&exported).await), (3, 0, 0, 0), "it comes back unchanged");
});

on_every_engine!(bad_input_099_the_same_file_twice_changes_nothing, async |db: &TestDb| {
    let world = World::new(db).await;
    world.label("vip").await;
    world.label("new").await;
    let row =
        |number: usize| format!("P {number};p{number}@example.com;{number:07};vip, new;{number}");
    let rows: Vec<String> = (0..450).map(row).collect();
    let file =
        |rows: &[String]| format!("name;email;phone;labels;attributes.n\n{}", rows.join("\n"));
    // An upload that broke off took its first rows.
    assert_eq!(counts(&world.take(&file(&rows[..201])).await), (201, 201, 0, 0));
    assert_eq!(counts(&world.take(&file(&rows)).await), (450, 249, 0, 0));
    let before = world.contacts().await;
    assert_eq!(counts(&world.take(&file(&rows)).await), (450, 0, 0, 0));
    assert_eq!(counts(&world.take(&world.export().await).await), (450, 0, 0, 0));
    assert_eq!(world.contacts().await, before);
});

on_every_engine!(files_of_contacts_are_for_who_manages_them, async |db: &TestDb| {
    let world = World::new(db).await;
    world.person("bo@example.com", Role::Agent).await;
    let (agent, _) = world.at_browser("bo@example.com").await;
    let taken = contacts::import(&world.engine, &agent, Import::default()).await;
    assert!(matches!(taken, Err(Error::Forbidden { .. })), "{taken:?}");
    let given = contacts::export_csv(&world.engine, &agent).await;
    assert!(matches!(given, Err(Error::Forbidden { .. })), "{given:?}");
    world.take("name,email\nAna,ana@example.com\n").await;
    let other = world.another_account().await;
    let file = contacts::export_csv(&world.engine, &other).await.unwrap();
    assert_eq!(String::from_utf8(file).unwrap(), "name,email,phone,locale,labels\n");
});
