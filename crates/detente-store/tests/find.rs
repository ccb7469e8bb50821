//! What is asked is found, all of it and nothing else, the latest first.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Folder, actor, record, store};
use detente_core::{Record, Sector};
use detente_store::{Query, Scope, Sign, Store, Table};

/// Five documents, each with one event.
fn five() -> Vec<Record> {
    let mut records = vec![
        record("thanks", Some("2024-05-14"), "Ankara thanked Oslo for the negotiations."),
        record("refusal", Some("2024-05-15"), "Ankara refused to extradite the suspect."),
        record("talks", Some("2023-01-02"), "Ministers met in Hong Kong."),
        record("undated", None, "Ankara thanked Oslo."),
        record("private", Some("2024-05-14"), "Oslo thanked Ankara in private."),
    ];
    let event = &mut records[1].events[0];
    event.kind = "REJECT".into();
    event.recipients = vec![actor("GRC", Sector::Jud)];
    event.confidence = 0.55;
    event.date = Some("2024-05".to_owned());
    let event = &mut records[2].events[0];
    event.kind = "CONSULT".into();
    event.modes = vec!["visit".to_owned()];
    event.reciprocal = true;
    event.actors = vec![actor("USA", Sector::Gov), actor("CHN", Sector::Gov)];
    event.actors[0].name = Some("Antony Blinken".to_owned());
    event.recipients.clear();
    event.place.as_mut().unwrap().name = "Hong Kong".into();
    event.place.as_mut().unwrap().country = Some("HKG".to_owned());
    records[2].document.publisher = Some("The Harbour Courier".to_owned());
    records[2].document.url = Some("https://www.courier.example/a".to_owned());
    records
}

fn names(store: &Store, query: &Query) -> Vec<String> {
    store.events(query).unwrap().into_iter().map(|hit| hit.document.name).collect()
}

#[test]
fn each_sign_finds_its_events() {
    let folder = Folder::new("signs");
    let store = store(&folder, &five());
    let of = |sign, value: &str| names(&store, &Query::new().sign(sign, [value]));
    assert_eq!(of(Sign::Type, "REJECT"), ["refusal"]);
    assert_eq!(of(Sign::Mode, "visit"), ["talks"]);
    assert_eq!(of(Sign::Actor, "CHN"), ["talks"]);
    assert_eq!(of(Sign::Recipient, "CHN"), ["talks"]);
    assert_eq!(of(Sign::Recipient, "GRC JUD"), ["refusal"]);
    assert_eq!(of(Sign::Recipient, "JUD"), ["refusal"]);
    assert_eq!(of(Sign::Actor, "JUD"), [""; 0]);
    assert_eq!(of(Sign::Party, "Antony Blinken"), ["talks"]);
    assert_eq!(of(Sign::Place, "Hong Kong"), ["talks"]);
    assert_eq!(of(Sign::Country, "HKG"), ["talks"]);
    assert_eq!(of(Sign::Source, "The Harbour Courier"), ["talks"]);
    assert_eq!(of(Sign::Source, "courier.example"), ["talks"]);
    assert_eq!(of(Sign::Issue, "fisheries").len(), 5);
    assert_eq!(of(Sign::Status, "planned"), [""; 0]);
    assert_eq!(of(Sign::Context, "diplomatic").len(), 5);
    assert_eq!(of(Sign::Quad, "1").len(), 5);
    // One value of a sign is never another's.
    assert_eq!(of(Sign::Place, "Hong"), [""; 0]);
    assert_eq!(of(Sign::Type, "REJECT= OR type"), [""; 0]);
}

#[test]
fn words_days_and_confidence() {
    let folder = Folder::new("words");
    let store = store(&folder, &five());
    let all = ["refusal", "thanks", "private", "talks", "undated"];
    let mut found = names(&store, &Query::new());
    assert_eq!(found.pop().as_deref(), Some("undated"));
    assert_eq!(found.pop().as_deref(), Some("talks"));
    // Filed under its own month, not under its document's day.
    assert_eq!(found.pop().as_deref(), Some("refusal"));
    found.sort();
    assert_eq!(found, ["private", "thanks"]);
    let words = |words: &str| names(&store, &Query::new().words(words));
    assert_eq!(words("negotiation"), ["thanks"]);
    assert_eq!(words("negot*"), ["thanks"]);
    assert_eq!(words("in private"), ["private"]);
    assert_eq!(words("private in"), [""; 0]);
    assert_eq!(words("\"); DROP TABLE event; --"), [""; 0]);
    assert_eq!(words("type=reject="), [""; 0]);
    assert_eq!(words("  ").len(), all.len());
    let since = Query::new().from("2024-05-01").unwrap().until("2024-05").unwrap();
    assert_eq!(names(&store, &since).len(), 3);
    let day = Query::new().from("2023-01-02").unwrap().until("2023-01-02").unwrap();
    assert_eq!(names(&store, &day), ["talks"]);
    assert_eq!(names(&store, &Query::new().confidence(0.6)).len(), 4);
    assert_eq!(names(&store, &Query::new().confidence(0.831)).len(), 4);
    assert_eq!(names(&store, &Query::new().confidence(0.832)), [""; 0]);
    assert_eq!(names(&store, &Query::new().limit(2)).len(), 2);
    let either = Query::new().sign(Sign::Type, ["REJECT", "CONSULT"]).words("the suspect");
    assert_eq!(names(&store, &either), ["refusal"]);
}

#[test]
fn other_tables_and_what_is_private() {
    let folder = Folder::new("tables");
    let store = store(&folder, &five());
    let query = Query::new().words("ankara").sign(Sign::Party, ["TUR"]);
    assert_eq!(store.rows(Table::Statements, &query).unwrap().len(), 4);
    assert_eq!(
        store.rows(Table::Statements, &query.clone().scope(Scope::Export)).unwrap().len(),
        3
    );
    assert_eq!(store.rows(Table::Commitments, &query).unwrap().len(), 4);
    assert_eq!(store.rows(Table::Issues, &query).unwrap().len(), 4);
    let about = Query::new().sign(Sign::About, ["GRC"]);
    let found = store.rows(Table::Statements, &about).unwrap();
    assert_eq!(found.len(), 1);
    let record = store.record_of(found[0].document.id).unwrap().unwrap();
    assert_eq!(record.statements[found[0].position].id, "refusal-s");
    let documents = store.documents(&Query::new().words("extradite").limit(1)).unwrap();
    assert_eq!(documents[0].name, "refusal");
    assert_eq!(names(&store, &Query::new().scope(Scope::Export)).len(), 4);
}

#[test]
fn what_was_replaced_is_no_longer_found() {
    let folder = Folder::new("replaced");
    let mut records = five();
    let mut store = store(&folder, &records);
    records[1].events[0].kind = "YIELD".to_owned();
    store.put(&records[1]).unwrap();
    let of = |value: &str| names(&store, &Query::new().sign(Sign::Type, [value]));
    assert_eq!(of("REJECT"), [""; 0]);
    assert_eq!(of("YIELD"), ["refusal"]);
}

#[test]
fn questions_walk_the_index() {
    let folder = Folder::new("plan");
    let store = store(&folder, &five());
    let query = Query::new().words("ankara").sign(Sign::Type, ["REJECT"]).from("2024").unwrap();
    let plan = store.plan(&query).unwrap().join("\n");
    assert!(plan.starts_with("SCAN i VIRTUAL TABLE INDEX"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    let plan = store.plan(&Query::new().from("2024").unwrap()).unwrap().join("\n");
    assert!(plan.contains("SEARCH t USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"), "{plan}");
}
