//! The record that `docs/record.md` shows is one, and shows every field.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::Path;

use detente_core::Record;
use serde_json::Value;

fn example() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/record.md");
    let page = std::fs::read_to_string(path).unwrap();
    let block = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    serde_json::from_str(block).unwrap()
}

#[test]
fn the_example_is_a_record_and_its_spans_hold() {
    let example = example();
    let record: Record = serde_json::from_value(example.clone()).unwrap();
    assert_eq!(serde_json::to_value(&record).unwrap(), example, "a field is misspelt or missing");
    spans(&example, &record.document.text);
}

/// Every object with a span and a text has the text that stands there.
fn spans(value: &Value, text: &str) {
    match value {
        Value::Object(fields) => {
            if let (Some(Value::Array(span)), Some(Value::String(said))) =
                (fields.get("span"), fields.get("text"))
            {
                let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
                assert_eq!(&text[at(0)..at(1)], said);
            }
            fields.values().for_each(|field| spans(field, text));
        }
        Value::Array(items) => items.iter().for_each(|item| spans(item, text)),
        _ => {}
    }
}

#[test]
fn what_the_engine_writes_is_described() {
    let coder = detente::Coder::builtin().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let page = std::fs::File::open(folder.join("aegean-talks.html")).unwrap();
    let mut written = BTreeSet::new();
    for document in detente::read("aegean-talks.html", page, &detente::Options::default()) {
        fields(&serde_json::to_value(coder.code(document.unwrap())).unwrap(), "", &mut written);
    }
    let mut described =
        BTreeSet::from(["events.actors.via", "statements.joint"].map(str::to_owned));
    fields(&example(), "", &mut described);
    // An actor has the same fields wherever it stands.
    let of_actor = |path: &str| {
        let field = path.rsplit('.').next().unwrap_or_default();
        let holders = ["actors.", "recipients.", "speaker.", "joint.", "audience."];
        holders.iter().any(|holder| path.contains(holder))
            && described.contains(&format!("events.actors.{field}"))
    };
    let lost: Vec<_> =
        written.iter().filter(|path| !described.contains(*path) && !of_actor(path)).collect();
    let lost: Vec<_> = lost.into_iter().filter(|path| *path != "statements.audience").collect();
    assert!(lost.is_empty(), "docs/record.md does not show {lost:?}");
}

/// Paths of all fields: `events.actors.code`.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, field) in object {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                found.insert(path.clone());
                fields(field, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, path, found)),
        _ => {}
    }
}
