//! A record as text that a person can review line by line.
//!
//! In goes a [`Record`], out comes the document's head and then every sentence with what was read in it below, in the line
//! notation of [`detente_core::notation`]:
//!
//! ```text
//! Ankara thanked Oslo.
//!     TUR GOV -> NOR GOV SUPPORT by support.thank "thanked"
//! ```
//!
//! `corpus/` keeps such texts beside its pages, so that a change to rules, knowledge or model shows what it does to them.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use detente_core::notation::{CommitmentLine, EventLine, IssueLine, StatementLine};
use detente_core::{Commitment, Event, Record};
use detente_extract::Options;

use crate::Coder;

/// Ending of the file that holds the text of a page's records.
pub const ENDING: &str = ".record.txt";

/// The pages of a folder that have, or should have, a snapshot beside them, sorted by path.
///
/// # Errors
/// When the folder cannot be read.
pub fn pages(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_file() && !name.ends_with(ENDING) && name != "README.md" {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The file beside `page` that holds its snapshot.
pub fn beside(page: &Path) -> PathBuf {
    let mut path = page.as_os_str().to_owned();
    path.push(ENDING);
    PathBuf::from(path)
}

/// What the engine says of a page today: all its documents, faults included.
///
/// # Errors
/// When the file cannot be opened.
pub fn of_page(coder: &Coder, page: &Path) -> io::Result<String> {
    let name = page.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut texts = Vec::new();
    for document in detente_extract::read(&name, fs::File::open(page)?, &Options::default()) {
        texts.push(match document {
            Ok(document) => of(&coder.code(document)),
            Err(fault) => format!("fault: {fault}\n"),
        });
    }
    Ok(texts.join("\n"))
}

/// The text of one record.
pub fn of(record: &Record) -> String {
    let mut out = String::new();
    let document = &record.document;
    let known = [
        ("title", &document.title),
        ("section", &document.section),
        ("byline", &document.byline),
        ("date", &document.date),
        ("language", &document.language),
        ("url", &document.url),
        ("publisher", &document.publisher),
    ];
    for (name, value) in known {
        if let Some(value) = value {
            let _ = writeln!(out, "{name}: {value}");
        }
    }
    for warning in &record.warnings {
        let _ = writeln!(out, "warning: {warning}");
    }
    if document.sentences.is_empty() && !document.text.is_empty() {
        let _ = writeln!(out, "\n{}", document.text);
    }
    let mut paragraphs = document.paragraphs.iter().peekable();
    for (index, sentence) in document.sentences.iter().enumerate() {
        while paragraphs.next_if(|paragraph| paragraph.start <= sentence.span.start).is_some() {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", sentence.text.split_whitespace().collect::<Vec<_>>().join(" "));
        for line in lines_of(record, index) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

/// What was read in one sentence.
fn lines_of(record: &Record, sentence: usize) -> Vec<String> {
    let events = record.events.iter().filter(|event| event.sentence == sentence).map(event_line);
    let statements = record.statements.iter().filter(|statement| statement.sentence == sentence);
    let commitments =
        record.commitments.iter().flat_map(|commitment| commitment_lines(commitment, sentence));
    let issues = record.issues.iter().filter(|issue| issue.sentence == sentence);
    events
        .chain(statements.map(|statement| StatementLine::of(statement).to_string()))
        .chain(commitments)
        .chain(issues.map(|issue| format!("{} \"{}\"", IssueLine::of(issue), issue.text)))
        .collect()
}

/// The event with the rule that read it and the words that it rests on.
fn event_line(event: &Event) -> String {
    let mut line = EventLine::of(event);
    line.rule = Some(event.rule.clone());
    format!("{line} \"{}\"", event.trigger.text)
}

/// A line for each mention in the sentence, with the status that the mention gives.
fn commitment_lines(commitment: &Commitment, sentence: usize) -> Vec<String> {
    let here = commitment.mentions.iter().filter(|mention| mention.sentence == sentence);
    here.map(|mention| {
        let mut line = CommitmentLine::of(commitment);
        line.status = mention.status;
        let subject = commitment
            .subject
            .as_ref()
            .map_or(String::new(), |subject| format!(" on \"{subject}\""));
        format!("{line}{subject}")
    })
    .collect()
}
