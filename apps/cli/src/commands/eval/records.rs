//! Events end to end, against records that people wrote.

use std::fmt::Write;
use std::io::Read;
use std::path::Path;

use detente_core::{Document, Record, Span};
use detente_train::records::{GoldRecord, RecordScores, read_gold, score as scores_of};

use crate::exit::Stop;
use crate::inputs;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = crate::commands::coder(task.knowledge)?;
    let gold = read(task)?;
    let mut records: Vec<Record> = Vec::with_capacity(gold.len());
    let mut fault = None;
    detente::ordered(
        task.threads,
        &gold,
        |gold| coder.code(document(gold)),
        |record| {
            match record {
                Ok(record) => records.push(record),
                Err(error) => fault = Some(error.0),
            }
            fault.is_none()
        },
    );
    if let Some(fault) = fault {
        return Err(Stop::because(format_args!("record {}: {fault}", records.len() + 1)));
    }
    let scores = scores_of(gold.iter().zip(&records));
    Score::new(&scores, table(&scores, task.differences))
}

/// Every gold record of a file, or of the `.jsonl` files of a folder.
fn read(task: &Task) -> Result<Vec<GoldRecord>, Stop> {
    let mut gold = Vec::new();
    for input in &inputs::expand(&[task.path.display().to_string()])?.inputs {
        let name = input.name();
        let lines = Path::new(&name).extension().is_some_and(|ending| ending == "jsonl");
        if task.path.is_dir() && !lines {
            continue;
        }
        let mut text = String::new();
        let mut reader = input.open().map_err(Stop::Because)?;
        reader
            .read_to_string(&mut text)
            .map_err(|error| Stop::because(format_args!("{name}: cannot be read: {error}")))?;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let record = read_gold(line, index + 1);
            gold.push(record.map_err(|error| Stop::because(format_args!("{name}: {error}")))?);
        }
    }
    if gold.is_empty() {
        return Err(Stop::because(format_args!(
            "{}: no gold records (JSON lines)",
            task.path.display()
        )));
    }
    Ok(gold)
}

/// The document of a gold record, ready to code.
fn document(gold: &GoldRecord) -> Document {
    let mut document = gold.document.clone();
    document.language = Some("en".to_owned());
    if document.paragraphs.is_empty() {
        document.paragraphs = vec![Span::new(0, document.text.len())];
    }
    document
}

fn table(scores: &RecordScores, differences: bool) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} documents; {} events in the gold, {} coded\n\
         found {}, right type {}, right parties {}, right in both {} (status too: {})\n\
         precision {}  recall {}  F1 {}",
        scores.documents,
        scores.gold,
        scores.coded,
        scores.found,
        scores.right_type,
        scores.right_parties,
        scores.right,
        scores.right_status,
        share(scores.precision),
        share(scores.recall),
        share(scores.f1)
    );
    if differences {
        for difference in &scores.differences {
            let _ = writeln!(text, "\n{difference}");
        }
    }
    text
}
