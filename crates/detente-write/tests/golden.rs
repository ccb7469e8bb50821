//! Every format writes the sample as its golden files have it.
//!
//! `golden/sample.json` is one record; `golden/sample.NAME` is what the format NAME makes of it, and for formats with several tables
//! `golden/sample.TABLE.NAME` what it makes of the others. A format without its golden files fails. To make them, run with
//! `DETENTE_ACCEPT=1` and review the files.

use std::path::Path;

use detente_core::Record;

#[test]
fn every_format_writes_the_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let sample = std::fs::read_to_string(folder.join("sample.json")).unwrap();
    let record: Record = serde_json::from_str(&sample).unwrap();
    for format in detente_write::FORMATS {
        for (place, content) in format.contents().into_iter().enumerate() {
            let mut bytes = Vec::new();
            let mut writer = format.writer_of(content, &mut bytes).unwrap();
            writer.record(&record).unwrap();
            writer.finish().unwrap();
            drop(writer);
            let table = if place == 0 { String::new() } else { format!("{content}.") };
            let path = folder.join(format!("sample.{table}{}", format.name));
            if std::env::var_os("DETENTE_ACCEPT").is_some() {
                std::fs::write(&path, &bytes).unwrap();
            }
            let golden = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            assert_eq!(
                String::from_utf8_lossy(&bytes),
                String::from_utf8_lossy(&golden),
                "{} differs",
                path.display()
            );
        }
    }
}

/// Tools take a line of another width for a broken file.
#[test]
fn each_line_of_a_gdelt_table_has_sixty_one_columns() {
    let table = include_str!("golden/sample.gdelt");
    assert!(table.lines().count() > 4);
    assert!(table.lines().all(|line| line.split('\t').count() == 61));
}

#[test]
fn json_lines_read_back() {
    let sample = include_str!("golden/sample.json");
    let record: Record = serde_json::from_str(sample).unwrap();
    let mut bytes = Vec::new();
    let format = detente_write::format("jsonl").unwrap();
    format.writer(&mut bytes).record(&record).unwrap();
    assert_eq!(serde_json::from_slice::<Record>(&bytes).unwrap(), record);
}
