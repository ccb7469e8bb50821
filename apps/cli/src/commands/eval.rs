//! `detente eval`: scores the coder against gold data.
//!
//! Each kind of data is one file in `eval/`. A score is printed as a table for people, or with `--json` as one object, whose
//! keys `docs/performance.md` explains.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente::Coder;
use detente_core::{Document, Record};
use detente_rules::confidence::SURE;
use detente_rules::reader::Reader;
use detente_train::relations::RowError;
use serde::Serialize;

use crate::exit::{Done, Stop};
use crate::inputs;
use crate::output::Output;

use super::{Threads, labelled};

mod attribution;
mod commitments;
pub(super) mod confidence;
mod copies;
mod entities;
mod facts;
mod pages;
mod places;
mod records;
mod references;
mod relations;
mod statements;
mod times;
mod treebank;

pub(super) use attribution::article;
pub(super) use records::document;

/// Score the coder against gold data
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente eval relations gold.jsonl --json\n  detente eval records gold/stories.jsonl --differences"
)]
pub(super) struct EvalArgs {
    /// What is scored
    #[arg(value_enum)]
    kind: Kind,
    /// The gold data: a file, or a folder
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Name every case where coder and gold differ, too (commitments, copies, entities, facts, pages, places, records,
    /// references, relations, statements, times)
    #[arg(long)]
    differences: bool,
    /// Score also whom spans stand for, by this file of identifiers, codes and sectors (entities)
    #[arg(long, value_name = "FILE")]
    codes: Option<PathBuf>,
    /// Split and tokenise the text oneself, too (treebank)
    #[arg(long)]
    raw: bool,
    /// Train anew for each of N parts of the data, on the other parts (confidence, relations)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=100))]
    folds: Option<u64>,
    /// Further gold records (confidence)
    #[arg(long, value_name = "FILE", num_args = 1..)]
    records: Vec<PathBuf>,
    /// Folder of the texts that gold records name but do not hold (confidence, records)
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Leave out events with a lower confidence than this (records)
    #[arg(long, value_name = "P", default_value_t = SURE, value_parser = super::code::share)]
    floor: f64,
    /// Leave the second reader out (confidence, records, relations), or the attribution reader (attribution)
    #[arg(long, conflicts_with = "folds")]
    rules_alone: bool,
    /// Another reader than the one built in: as detente train reader writes it (confidence, records, relations), or detente train
    /// attribution (attribution)
    #[arg(long, value_name = "FILE", conflicts_with = "rules_alone")]
    reader: Option<PathBuf>,
    /// Draw confidence against what is right, as SVG (confidence)
    #[arg(long, value_name = "FILE")]
    diagram: Option<PathBuf>,
    #[command(flatten)]
    threads: Threads,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// CoNLL-U: parts of speech, heads and relations
    Treebank,
    /// JSON lines of sentences with two parties and the root between them
    Relations,
    /// A folder of articles with brat annotation of source, cue and content
    Attribution,
    /// A folder of documents with spans of actors and places
    Entities,
    /// A table of who is who, as specs/who.tsv
    Facts,
    /// A folder of saved pages with an expected.json
    Pages,
    /// JSON lines of texts with their events, or a folder of such files
    Records,
    /// JSON lines of passages with whom their mentions stand for, or a folder of such files
    References,
    /// A table of expressions of time, as specs/when.tsv
    Times,
    /// JSON lines of pairs of texts: copies or not, one happening or not, as gold/copies.jsonl
    Copies,
    /// A table of where acts took place, as specs/where.tsv
    Places,
    /// JSON lines of texts with what was agreed and what is at issue in them, or a folder of such files
    Commitments,
    /// JSON lines of texts with who says what in them, or a folder of such files
    Statements,
    /// JSON lines of texts with their events: how far the confidence of what is coded can be believed
    Confidence,
}

/// What a kind of evaluation needs to know.
struct Task<'a> {
    path: &'a Path,
    knowledge: Option<&'a Path>,
    threads: usize,
    differences: bool,
    rules_alone: bool,
    reader: Option<&'a Path>,
    texts: Option<&'a Path>,
    floor: f64,
}

impl Task<'_> {
    /// The record of every document, in their order.
    fn code(
        &self,
        coder: &Coder,
        documents: impl IntoIterator<Item = Document>,
    ) -> Result<Vec<Record>, Stop> {
        let mut records = Vec::new();
        let mut fault = None;
        detente::ordered(
            self.threads,
            documents,
            |document| coder.code(document),
            |record| {
                match record {
                    Ok(record) => records.push(record),
                    Err(error) => fault = Some(error.0),
                }
                fault.is_none()
            },
        );
        match fault {
            Some(fault) => {
                Err(Stop::because(format_args!("document {}: {fault}", records.len() + 1)))
            }
            None => Ok(records),
        }
    }

    /// The coder that is scored.
    fn coder(&self) -> Result<Coder, Stop> {
        let coder = super::coder(self.knowledge)?;
        match self.reader {
            Some(path) => Ok(coder.with_reader(labelled::reader(path)?)),
            None if self.rules_alone => Ok(coder.with_reader(Reader::default())),
            None => Ok(coder),
        }
    }
}

/// A score, as it is printed.
struct Score {
    json: serde_json::Value,
    text: String,
}

impl Score {
    fn new(scores: &impl Serialize, text: String) -> Result<Self, Stop> {
        let json = serde_json::to_value(scores).map_err(std::io::Error::from)?;
        Ok(Self { json, text })
    }
}

pub(super) fn run(args: &EvalArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let task = Task {
        path: &args.path,
        knowledge,
        threads: args.threads.number(),
        differences: args.differences,
        rules_alone: args.rules_alone,
        reader: args.reader.as_deref(),
        texts: args.texts.as_deref(),
        floor: args.floor,
    };
    let score = match args.kind {
        Kind::Treebank => treebank::score(&task, args.raw),
        Kind::Relations => relations::score(&task, args.folds),
        Kind::Attribution => attribution::score(&task),
        Kind::Entities => entities::score(&task, args.codes.as_deref()),
        Kind::Facts => facts::score(&task),
        Kind::Pages => pages::score(&task),
        Kind::Records => records::score(&task),
        Kind::Confidence => {
            confidence::score(&task, args.folds, &args.records, args.diagram.as_deref())
        }
        Kind::Copies => copies::score(&task),
        Kind::References => references::score(&task),
        Kind::Times => times::score(&task),
        Kind::Places => places::score(&task),
        Kind::Commitments => commitments::score(&task),
        Kind::Statements => statements::score(&task),
    }?;
    let mut output = Output::standard();
    if args.json {
        writeln!(output, "{}", score.json)?;
    } else {
        output.write_all(score.text.as_bytes())?;
    }
    output.finish()?;
    Ok(Done::All)
}

/// The lines of a table as specs/README.md describes them.
fn table<T, E: std::fmt::Display>(
    path: &Path,
    read: impl Fn(&str) -> Result<Vec<T>, E>,
) -> Result<Vec<T>, Stop> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Stop::because(format_args!("{name}: cannot be read: {error}; check the name"))
    })?;
    read(&text).map_err(|fault| {
        Stop::because(format_args!("{name}: {fault}; specs/README.md has the form"))
    })
}

/// Every line of gold data of a file, or of the `.jsonl` files of a folder, as `read` reads it.
pub(super) fn gold_lines<T>(
    path: &Path,
    read: impl Fn(&str, usize) -> Result<T, RowError>,
) -> Result<Vec<T>, Stop> {
    let mut gold = Vec::new();
    for input in &inputs::expand(&[path.display().to_string()])?.inputs {
        let name = input.name();
        let lines = Path::new(&name).extension().is_some_and(|ending| ending == "jsonl");
        if path.is_dir() && !lines {
            continue;
        }
        let mut text = String::new();
        let mut reader = input.open().map_err(Stop::Because)?;
        reader
            .read_to_string(&mut text)
            .map_err(|error| Stop::because(format_args!("{name}: cannot be read: {error}")))?;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let record = read(line, index + 1);
            gold.push(record.map_err(|error| Stop::because(format_args!("{name}: {error}")))?);
        }
    }
    if gold.is_empty() {
        return Err(Stop::because(format_args!("{}: no gold data (JSON lines)", path.display())));
    }
    Ok(gold)
}

/// `0.8125` as `81.2 %` would hide that measures are shares; three digits are kept.
fn share(value: f64) -> String {
    format!("{value:.3}")
}
