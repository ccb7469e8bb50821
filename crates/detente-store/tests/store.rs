//! What always holds of a store: what is written reads back, once, whatever happens beside it.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::fs;

use common::{Folder, record, store};
use detente_core::{Actor, Place, Record, Warning};
use detente_store::{Known, Note, Prepared, Scope, Store, StoreError};
use proptest::prelude::*;

/// Every text field of a record of any text, any numbers, with or without what may be absent.
fn any_record() -> impl Strategy<Value = Record> {
    let text = "\\PC{0,40}|[a-z ]{0,40}\\n\\n[a-z =\"']{0,20}";
    let number = prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO;
    let date = prop::option::of("(19|20)[0-9]{2}-(0[1-9]|1[0-2])-[0-3][0-9]|[0-9]{4}|\\PC{0,6}");
    (text, "\\PC{0,12}", date, prop::option::of("\\PC{0,20}"), number, any::<bool>()).prop_map(
        |(text, id, date, name, number, many)| {
            let mut record = record(&id, date.as_deref(), &text);
            record.document.title.clone_from(&name);
            record.document.publisher.clone_from(&name);
            record.document.url = name.as_ref().map(|name| format!("https://a.example/{name}"));
            record.events[0].score = number;
            record.events[0].confidence = number / 3.0;
            record.events[0].place =
                name.clone().map(|name| Place { name, lat: Some(number), ..Place::default() });
            record.statements[0].speaker =
                Some(Actor { name, text: Some(text), ..Actor::default() });
            record.warnings = vec![Warning::NoDocumentDate];
            if many {
                record.events = vec![record.events[0].clone(); 3];
                record.issues.clear();
            }
            record
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(records in prop::collection::vec(any_record(), 1..6)) {
        let folder = Folder::new("reads-back");
        let path = folder.path("a.store");
        let mut store = Store::open(&path).unwrap();
        for record in &records {
            store.put(record).unwrap();
        }
        let mut expected: Vec<Vec<u8>> =
            records.iter().map(|record| serde_json::to_vec(record).unwrap()).collect();
        expected.sort();
        // What differs only in where it lay is one document, the last one written.
        let mut read = Vec::new();
        store.each_line(Scope::All, |_, line| { read.push(line.to_vec()); Ok(true) }).unwrap();
        read.sort();
        if read.len() == expected.len() {
            prop_assert_eq!(&read, &expected);
        }
        prop_assert!(read.iter().all(|line| expected.contains(line)));
        let last = records.last().unwrap();
        prop_assert!(read.contains(&serde_json::to_vec(last).unwrap()));
        let mut back = Vec::new();
        store.each_record(Scope::All, |_, record| { back.push(record.unwrap()); true }).unwrap();
        prop_assert!(back.contains(last));
        store.check().unwrap();
    }
}

#[test]
fn a_document_is_stored_once() {
    let folder = Folder::new("once");
    let mut store = Store::open(&folder.path("a.store")).unwrap();
    let mut first = record("a", Some("2024-05-14"), "Ankara thanked Oslo.");
    assert!(!store.has(&first.document).unwrap());
    assert_eq!(store.put(&first).unwrap().added, 1);
    assert!(store.has(&first.document).unwrap());
    first.document.source = "elsewhere.txt".to_owned();
    first.events.clear();
    // A batch that holds it twice, to keep: the old one stays.
    let mut writer = store.writer(Known::Keep);
    writer.put(Prepared::of(&first, false)).unwrap();
    writer.put(Prepared::of(&first, false)).unwrap();
    assert_eq!(writer.finish().unwrap().kept, 2);
    assert_eq!(store.counts().unwrap().events, 1);
    // To replace: the new one takes its place, whole.
    let mut writer = store.writer(Known::Replace);
    writer.put(Prepared::of(&first, false)).unwrap();
    writer.put(Prepared::of(&first, false)).unwrap();
    assert_eq!(writer.finish().unwrap().replaced, 2);
    let counts = store.counts().unwrap();
    assert_eq!((counts.documents, counts.events, counts.statements), (1, 0, 1));
    assert_eq!(store.record("a").unwrap(), Some(first));
}

#[test]
fn what_is_private_is_no_part_of_an_export() {
    let folder = Folder::new("private");
    let mut store = Store::open(&folder.path("a.store")).unwrap();
    let (open, closed) = (
        record("open", None, "Ankara thanked Oslo."),
        record("closed", None, "Oslo thanked Ankara."),
    );
    let mut writer = store.writer(Known::Keep);
    writer.put(Prepared::of(&open, false)).unwrap();
    writer.put(Prepared::of(&closed, true)).unwrap();
    writer.finish().unwrap();
    let names = |store: &Store, scope| {
        let mut names = Vec::new();
        let take = |row: &detente_store::DocumentRow, _: Result<Record, _>| {
            names.push(row.name.clone());
            true
        };
        store.each_record(scope, take).unwrap();
        names.sort();
        names
    };
    assert_eq!(names(&store, Scope::All), ["closed", "open"]);
    assert_eq!(names(&store, Scope::Export), ["open"]);
    // Coded anew it stays private.
    store.put(&closed).unwrap();
    assert_eq!(names(&store, Scope::Export), ["open"]);
    assert!(store.set_private("open", true).unwrap());
    assert!(!store.set_private("nobody", true).unwrap());
    assert!(names(&store, Scope::Export).is_empty());
}

#[test]
fn a_document_that_is_there_can_be_made_private() {
    let folder = Folder::new("hidden");
    let records =
        ["a", "b", "c"].map(|name| record(name, None, &format!("Ankara thanked {name}.")));
    let mut store = store(&folder, &records);
    let mut ingest = |record: &Record, private: bool| {
        let mut writer = store.writer(Known::Keep);
        writer.put(Prepared::of(record, private)).unwrap();
        let stored = writer.finish().unwrap();
        (stored.added, stored.kept, stored.hidden)
    };
    assert_eq!(ingest(&records[0], true), (0, 1, 1));
    assert_eq!(ingest(&records[0], true), (0, 1, 0));
    // It stays so, whoever brings it again.
    assert_eq!(ingest(&records[0], false), (0, 1, 0));
    let keys = records[..2].iter().map(|record| detente_store::key_of(&record.document));
    assert_eq!(store.make_private(&keys.collect::<Vec<_>>()).unwrap(), 1);
    let mut left = Vec::new();
    let take = |row: &detente_store::DocumentRow, _: Result<Record, StoreError>| {
        left.push(row.name.clone());
        true
    };
    store.each_record(Scope::Export, take).unwrap();
    assert_eq!(left, ["c"]);
}

#[test]
fn no_export_has_an_address_or_a_private_note() {
    let folder = Folder::new("notes");
    let mut store = Store::open(&folder.path("a.store")).unwrap();
    let mut writer = store.writer(Known::Keep);
    writer.put(Prepared::of(&record("open", None, "Ankara thanked Oslo."), false)).unwrap();
    writer.put(Prepared::of(&record("closed", None, "Oslo thanked Ankara."), true)).unwrap();
    writer.finish().unwrap();
    let note = |document: &str, text: &str, private| Note {
        document: document.to_owned(),
        made: "2024-05-15".to_owned(),
        author: Some("M. S.".to_owned()),
        address: Some("m.s@mail.example".to_owned()),
        text: text.to_owned(),
        private,
    };
    for (document, text, private) in [
        ("open", "The date is wrong.", false),
        ("open", "Ask her.", true),
        ("closed", "So it is.", false),
    ] {
        assert!(store.add_note(&note(document, text, private)).unwrap());
    }
    assert!(!store.add_note(&note("nobody", "Who?", false)).unwrap());
    let own = store.notes(Scope::All).unwrap();
    assert_eq!(own.len(), 3);
    assert!(own.iter().all(|note| note.address.is_some()));
    let out = store.notes(Scope::Export).unwrap();
    assert_eq!(out.len(), 1);
    assert_eq!((out[0].text.as_str(), &out[0].address), ("The date is wrong.", &None));
}

#[test]
fn others_read_while_one_writes() {
    let folder = Folder::new("readers");
    let path = folder.path("a.store");
    let mut store = Store::open(&path).unwrap();
    store.put(&record("a", None, "Ankara thanked Oslo.")).unwrap();
    let reader = Store::open_read_only(&path).unwrap();
    assert_eq!(reader.counts().unwrap().documents, 1);
    store.put(&record("b", None, "Oslo thanked Ankara.")).unwrap();
    assert_eq!(reader.counts().unwrap().documents, 2);
    assert!(reader.connection().execute("DELETE FROM document", []).is_err());
}

#[test]
fn a_file_that_is_something_else_is_left_as_it_is() {
    let folder = Folder::new("else");
    let text = folder.path("notes.txt");
    fs::write(&text, "Ankara thanked Oslo.").unwrap();
    assert!(Store::open(&text).unwrap_err().is_not_a_store());
    assert_eq!(fs::read_to_string(&text).unwrap(), "Ankara thanked Oslo.");
    let other = folder.path("other.db");
    let database = rusqlite::Connection::open(&other).unwrap();
    database.execute_batch("CREATE TABLE a (x);").unwrap();
    drop(database);
    let before = fs::read(&other).unwrap();
    assert!(Store::open(&other).unwrap_err().is_not_a_store());
    assert!(Store::open_read_only(&other).unwrap_err().is_not_a_store());
    assert_eq!(fs::read(&other).unwrap(), before);
    assert!(Store::open_read_only(&folder.path("none")).unwrap_err().is_missing());
    assert!(!folder.path("none").exists());
    assert!(Store::open(&folder.path("no/folder/a.store")).is_err());
}

#[test]
fn a_newer_form_is_not_touched() {
    let folder = Folder::new("newer");
    let path = folder.path("a.store");
    let store = Store::open(&path).unwrap();
    store.connection().pragma_update(None, "user_version", 999).unwrap();
    drop(store);
    assert!(Store::open(&path).unwrap_err().is_newer());
    assert!(Store::open_read_only(&path).unwrap_err().is_newer());
}

#[test]
fn damage_is_told_and_nothing_is_written() {
    let folder = Folder::new("damaged");
    let path = folder.path("a.store");
    let mut store = Store::open(&path).unwrap();
    let mut writer = store.writer(Known::Keep);
    for n in 0..200 {
        let text = format!("Ankara thanked Oslo for gift {n}.");
        writer.put(Prepared::of(&record(&n.to_string(), None, &text), false)).unwrap();
    }
    writer.finish().unwrap();
    store.settle().unwrap();
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let (from, until) = (bytes.len() / 8, bytes.len() / 2);
    bytes[from..until].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let fault = Store::open(&path)
        .and_then(|mut store| {
            store.check()?;
            store.put(&record("new", None, "Oslo thanked Ankara."))
        })
        .unwrap_err();
    assert!(fault.is_damaged(), "{fault}");
    assert!(fault.to_string().contains("a.store"));
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

/// Overwrites the packed record of a document, as a bad block would.
fn spoil(store: &Store, name: &str) {
    let spoil = "UPDATE record SET bytes = zeroblob(40) WHERE document = (SELECT id FROM document WHERE name = ?1)";
    assert_eq!(store.connection().execute(spoil, [name]).unwrap(), 1);
}

#[test]
fn a_record_that_cannot_be_read_costs_no_other() {
    let folder = Folder::new("spoilt");
    let records =
        ["a", "b", "c"].map(|name| record(name, None, &format!("Ankara thanked {name}.")));
    let store = store(&folder, &records);
    assert_eq!(store.faults().unwrap(), Vec::<String>::new());
    spoil(&store, "b");
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let take = |row: &detente_store::DocumentRow, record: Result<Record, StoreError>| {
        match record {
            Ok(record) => good.push(record.document.id),
            Err(error) => bad.push((row.name.clone(), error.is_damaged(), error.to_string())),
        }
        true
    };
    store.each_record(Scope::All, take).unwrap();
    good.sort();
    assert_eq!(good, ["a", "c"]);
    assert!(bad.len() == 1 && bad[0].0 == "b" && bad[0].1 && bad[0].2.contains("document b"));
    assert_eq!(store.faults().unwrap(), ["the record of document b cannot be read back"]);
}

#[test]
fn rows_that_are_gone_are_found() {
    let folder = Folder::new("gone");
    let store = store(&folder, &[record("a", None, "Ankara thanked Oslo.")]);
    let rows = "SELECT id FROM event";
    let id: i64 = store.connection().query_row(rows, [], |row| row.get(0)).unwrap();
    store.connection().execute("DELETE FROM event_index WHERE rowid = ?1", [id]).unwrap();
    let faults = store.faults().unwrap();
    assert!(faults.len() == 1 && faults[0].contains("0 rows of event for 1"), "{faults:?}");
}

/// A folder that one may not write has no place for the files that readers and writers share. (Here something else is in that place, since
/// the superuser may write anywhere.)
#[cfg(unix)]
#[test]
fn a_store_is_read_where_nothing_may_be_written() {
    let folder = Folder::new("read only");
    let path = folder.path("a?b%20 c.store");
    let mut store = Store::open(&path).unwrap();
    store.put(&record("a", None, "Ankara thanked Oslo.")).unwrap();
    store.settle().unwrap();
    drop(store);
    std::os::unix::fs::symlink("/nowhere/at/all", folder.path("a?b%20 c.store-shm")).unwrap();
    let store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.record("a").unwrap().unwrap().document.id, "a");
    assert!(store.connection().execute("DELETE FROM record", []).is_err());
    // What stands in a log alone would be missed.
    fs::write(folder.path("a?b%20 c.store-wal"), "log").unwrap();
    let error = Store::open_read_only(&path).unwrap_err().to_string();
    assert!(error.contains("c.store-wal"), "{error}");
}

#[test]
fn a_locked_store_is_told_of() {
    let folder = Folder::new("locked");
    let path = folder.path("a.store");
    let mut store = Store::open(&path).unwrap();
    let other = Store::open(&path).unwrap();
    other.connection().execute_batch("BEGIN IMMEDIATE").unwrap();
    store.connection().busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    let fault = store.put(&record("a", None, "Ankara thanked Oslo.")).unwrap_err();
    assert!(fault.is_locked(), "{fault}");
    other.connection().execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.counts().unwrap().documents, 0);
    store.put(&record("a", None, "Ankara thanked Oslo.")).unwrap();
}
