//! Stores of every form that was ever written open, and hold what they held.
//!
//! `tests/compat/store-1.db.gz` and the like are stores of `store.jsonl` beside them, each made by the program whose newest form it
//! was. A new form adds a file and changes none: `DETENTE_WRITE_COMPAT=1 cargo test -p detente-store --test compat` writes the one of today.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::fs;
use std::io::{Read, Write};

use common::{Folder, root};
use detente_core::Record;
use detente_store::{Known, Prepared, Scope, Store};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// The form that this program writes.
const TODAY: i64 = 1;

fn records() -> Vec<Record> {
    let text = fs::read_to_string(root().join("tests/compat/store.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every table and index as it was made.
fn schema(store: &Store) -> Vec<String> {
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let mut query = store.connection().prepare(sql).unwrap();
    query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn stores_of_every_form_open() {
    let records = records();
    let folder = Folder::new("compat");
    if std::env::var_os("DETENTE_WRITE_COMPAT").is_some() {
        let path = folder.path("today.db");
        let mut store = Store::open(&path).unwrap();
        let mut writer = store.writer(Known::Keep);
        for record in &records {
            writer.put(Prepared::of(record, false)).unwrap();
        }
        writer.finish().unwrap();
        store.settle().unwrap();
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&fs::read(&path).unwrap()).unwrap();
        let packed = packer.finish().unwrap();
        fs::write(root().join(format!("tests/compat/store-{TODAY}.db.gz")), packed).unwrap();
    }
    let fresh = schema(&Store::open(&folder.path("fresh.db")).unwrap());
    for form in 1..=TODAY {
        let path = folder.path(&format!("store-{form}.db"));
        let packed =
            fs::File::open(root().join(format!("tests/compat/store-{form}.db.gz"))).unwrap();
        let mut bytes = Vec::new();
        GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
        fs::write(&path, bytes).unwrap();
        for read_only in [true, false] {
            let store =
                if read_only { Store::open_read_only(&path) } else { Store::open(&path) }.unwrap();
            store.check().unwrap();
            let now: i64 = store
                .connection()
                .pragma_query_value(None, "user_version", |row| row.get(0))
                .unwrap();
            assert_eq!(now, TODAY);
            assert_eq!(schema(&store), fresh, "form {form} does not come to what is made today");
            for record in &records {
                assert_eq!(store.record(&record.document.id).unwrap().as_ref(), Some(record));
            }
            let mut read = 0;
            store
                .each_record(Scope::All, |_, _| {
                    read += 1;
                    true
                })
                .unwrap();
            assert_eq!(read, records.len());
            assert_eq!(
                store.counts().unwrap().events as usize,
                records.iter().map(|record| record.events.len()).sum::<usize>()
            );
        }
    }
}
