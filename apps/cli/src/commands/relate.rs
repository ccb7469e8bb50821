//! `detente relate`: given the two parties of a sentence, what the one does to the other.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use clap::Args;
use detente::Coder;
use detente_core::EventStatus;
use detente_train::relations::{RelationRow, read_row};
use serde::Serialize;

use crate::exit::{Done, Stop, tell};
use crate::inputs::{self, Input};
use crate::output::Output;

use super::Threads;

/// Say what one given party of a sentence does to the other
///
/// Reads JSON lines {"id", "sentence", "source_spans": [[start, end]], "target_spans": [[start, end]]}, spans in
/// UTF-8 bytes; writes for each the id with type, root, status, confidence and rule.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct RelateArgs {
    /// A file of JSON lines, or - for standard input (the default)
    #[arg(value_name = "FILE")]
    input: Vec<String>,
    #[command(flatten)]
    threads: Threads,
}

const EXAMPLE: &str = "Example:\n  echo '{\"id\": \"1\", \"sentence\": \"Ankara thanked Oslo.\", \"source_spans\": [[0, 6]], \
                       \"target_spans\": [[15, 19]]}' | detente relate";

/// One answer.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub(super) id: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    pub(super) root: Option<String>,
    status: EventStatus,
    confidence: f64,
    rule: Option<String>,
}

/// Answers one row.
pub(super) fn answer(coder: &Coder, row: &RelationRow) -> Answer {
    let relation = coder.relate(&row.sentence, &row.source_spans, &row.target_spans);
    Answer {
        id: row.id.clone(),
        root: relation.root().map(str::to_owned),
        kind: relation.event_type,
        status: relation.status,
        confidence: relation.confidence,
        rule: relation.rule,
    }
}

/// The rows of `input`, each with its fault where it is none; empty lines are passed over.
pub(super) fn rows(
    input: &Input,
) -> Result<impl Iterator<Item = Result<RelationRow, String>>, Stop> {
    let name = input.name();
    let reader = BufReader::new(input.open().map_err(Stop::Because)?);
    let lines = reader.split(b'\n').enumerate();
    Ok(lines.filter_map(move |(index, line)| match line {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let blank = text.trim().is_empty();
            (!blank).then(|| read_row(&text, index + 1).map_err(|error| format!("{name}: {error}")))
        }
        Err(error) => Some(Err(format!("{name}: line {}: cannot be read: {error}", index + 1))),
    }))
}

pub(super) fn run(args: &RelateArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let inputs = inputs::expand(&args.input)?;
    let coder = super::coder(knowledge)?;
    let mut output = Output::standard();
    let mut failures = inputs.faults.len();
    inputs.faults.iter().for_each(|fault| tell(format_args!("detente: {fault}")));
    for input in &inputs.inputs {
        let mut written = Ok(());
        let work = |row: Result<RelationRow, String>| row.map(|row| answer(&coder, &row));
        detente::ordered(args.threads.number(), rows(input)?, work, |answer| {
            match answer.map_err(|fault| fault.0).and_then(|answer| answer) {
                Ok(answer) => written = write(&mut output, &answer),
                Err(fault) => {
                    failures += 1;
                    tell(format_args!("detente: {fault}"));
                }
            }
            written.is_ok()
        });
        written?;
    }
    output.finish()?;
    Ok(Done::with_failures(failures))
}

fn write(output: &mut Output, answer: &Answer) -> Result<(), Stop> {
    let line = serde_json::to_string(answer).map_err(std::io::Error::from)?;
    Ok(writeln!(output, "{line}")?)
}
