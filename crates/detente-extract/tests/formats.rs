//! Every input format has a sample in `corpus/formats/` with the documents it should give.
//!
//! `corpus/formats/NAME.*` (and `NAME-*.*` for more of a kind) are samples of the format `NAME`;
//! `FILE.expected.json` has the documents of `FILE`, each with its warnings, and its error if it has
//! one. `DETENTE_ACCEPT=1 cargo test -p detente-extract --test formats` rewrites them for review.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use detente_extract::{FORMATS, Options, format_of, read};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/formats")
}

/// Samples by file name, in order.
fn samples() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".expected.json") && name != "README.md")
        .collect();
    names.sort();
    names
}

fn documents(name: &str) -> Value {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    read(name, bytes.as_slice(), &Options::default())
        .map(|result| match result {
            Ok(document) => {
                for span in &document.paragraphs {
                    assert!(span.of(&document.text).is_some(), "{name}: {span:?}");
                }
                json!({
                    "document": document,
                    "warnings": document.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
                })
            }
            Err(error) => json!({ "error": error.to_string() }),
        })
        .collect()
}

#[test]
fn every_format_reads_its_sample() {
    let samples = samples();
    for format in FORMATS {
        let own: Vec<&String> = samples
            .iter()
            .filter(|name| {
                name.strip_prefix(format.name)
                    .is_some_and(|rest| rest.starts_with('.') || rest.starts_with('-'))
            })
            .collect();
        assert!(!own.is_empty(), "corpus/formats/ has no sample of {}", format.name);
        for name in own {
            let bytes = std::fs::read(folder().join(name)).unwrap();
            assert_eq!(format_of(&bytes).name, format.name, "the format that {name} is told to be");
        }
    }
    let mut wrong = Vec::new();
    for name in samples {
        let found = documents(&name);
        let path = folder().join(format!("{name}.expected.json"));
        if std::env::var_os("DETENTE_ACCEPT").is_some() {
            std::fs::write(&path, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
            continue;
        }
        let expected = std::fs::read_to_string(&path)
            .ok()
            .and_then(|text| serde_json::from_str::<Value>(&text).ok());
        if expected.as_ref() != Some(&found) {
            wrong.push(format!("{name}:\n{found:#}"));
        }
    }
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
}

/// What comes out of an archive is what its pages give by themselves.
#[test]
fn containers_change_nothing() {
    let texts = |name: &str| -> Vec<String> {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        read(name, bytes.as_slice(), &Options::default()).map(|d| d.unwrap().text).collect()
    };
    assert_eq!(texts("zstd.jsonl.zst"), texts("jsonl.jsonl"));
    assert_eq!(texts("gzip.warc.gz"), texts("warc.warc"));
    assert_eq!(texts("warc.warc").first(), texts("html.html").first());
    let mut unpacked = texts("html.html");
    unpacked.extend(texts("jsonl.jsonl"));
    for packed in ["zip.zip", "tar.tar", "gzip-gnu.tar.gz", "gzip-pax.tar.gz"] {
        assert_eq!(texts(packed), unpacked, "{packed}");
    }
}
