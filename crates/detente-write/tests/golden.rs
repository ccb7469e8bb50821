//! Every format writes the sample as its golden file has it.
//!
//! `golden/sample.json` is one record; `golden/sample.NAME` is what the format NAME makes of it. A format
//! without a golden file fails. To make one, run with `DETENTE_ACCEPT=1` and review the file.

use std::path::Path;

use detente_core::Record;

#[test]
fn every_format_writes_the_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let sample = std::fs::read_to_string(folder.join("sample.json")).unwrap();
    let record: Record = serde_json::from_str(&sample).unwrap();
    for format in detente_write::FORMATS {
        let mut bytes = Vec::new();
        let mut writer = format.writer(&mut bytes);
        writer.record(&record).unwrap();
        writer.finish().unwrap();
        drop(writer);
        let path = folder.join(format!("sample.{}", format.name));
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

#[test]
fn json_lines_read_back() {
    let sample = include_str!("golden/sample.json");
    let record: Record = serde_json::from_str(sample).unwrap();
    let mut bytes = Vec::new();
    let format = detente_write::format("jsonl").unwrap();
    format.writer(&mut bytes).record(&record).unwrap();
    assert_eq!(serde_json::from_slice::<Record>(&bytes).unwrap(), record);
}
