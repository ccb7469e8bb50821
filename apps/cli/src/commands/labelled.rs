//! Sentences with what is right in them → examples for the second reader.
//!
//! They come from rows of two given parties and from the proofs of the rules: "Ankara thanked Oslo." with
//! `TUR -> NOR SUPPORT` is an example of SUPPORT, and a `no` in which nothing is coded is one of nothing.

use std::path::{Path, PathBuf};

use detente::Coder;
use detente_core::Document;
use detente_core::notation::EventLine;
use detente_knowledge::{Knowledge, ProofKind};
use detente_rules::AttributionReader;
use detente_rules::reader::{NOTHING, Pair, PartyPair, Reader};
use detente_train::calibration::{Case, case_weight};
use detente_train::reader::{Example, Row, classes_of, gold_of, sentence_number};
use detente_train::recipients;
use detente_train::records::{GoldRecord, read_gold, right_events};
use detente_train::references::GoldPassage;
use detente_train::relations::RelationRow;

use crate::exit::Stop;
use crate::inputs;

/// How much a sentence of our own counts against a row of given parties: it was written for a rule, and there are many of a kind.
const OWN: f32 = 0.3;

/// The rows of a file of relations that have a root.
pub(super) fn relations(path: &Path) -> Result<Vec<RelationRow>, Stop> {
    let mut gold: Vec<RelationRow> = Vec::new();
    for input in &inputs::expand(&[path.display().to_string()])?.inputs {
        for row in super::relate::rows(input)? {
            gold.push(row.map_err(Stop::Because)?);
        }
    }
    gold.retain(|row| row.root.is_some());
    if gold.is_empty() {
        return Err(Stop::because(format_args!(
            "{}: no row has a `root` to score against",
            path.display()
        )));
    }
    Ok(gold)
}

/// Rows of given parties as the reader sees them.
pub(super) fn rows(coder: &Coder, gold: &[RelationRow], threads: usize) -> Vec<Row> {
    let work = |row: &RelationRow| {
        let evidence = coder.evidence(&row.sentence, &row.source_spans, &row.target_spans);
        let example = Example {
            pair: evidence.pair.clone(),
            right: classes_of(row.root.as_deref().unwrap_or_default()),
            sentence: sentence_number(&row.sentence),
            weight: 1.0,
        };
        Row { example, says: evidence.says }
    };
    in_order(threads, gold, work)
}

/// A pair of known parties in a gold record.
pub(super) struct GoldPair {
    pub(super) pair: Pair,
    /// The type that the gold gives it, or [`NOTHING`]: all events of a gold record are known.
    pub(super) kind: String,
    /// No rule has fired on it.
    pub(super) open: bool,
}

/// Every pair of known parties in gold records.
pub(super) fn gold_pairs(coder: &Coder, gold: &[GoldRecord], threads: usize) -> Vec<GoldPair> {
    let pairs = in_order(threads, gold, |record| {
        let mut document = super::eval::document(record);
        let pairs = coder.party_pairs(&mut document);
        let labelled = pairs.into_iter().filter_map(|pair| {
            let sentence = document.sentences.get(pair.sentence)?;
            let here = record.events.iter().filter(|e| e.sentence.overlaps(sentence.span));
            let kind = gold_of(&pair, here.map(|event| &event.line)).unwrap_or(NOTHING).to_owned();
            Some(GoldPair { pair: pair.pair, kind, open: pair.open })
        });
        labelled.collect::<Vec<_>>()
    });
    pairs.into_iter().flatten().collect()
}

/// Every event that is coded from gold records, with whether it is right.
pub(super) fn cases(coder: &Coder, gold: &[GoldRecord], threads: usize) -> Vec<Case> {
    let indexed: Vec<(usize, &GoldRecord)> = gold.iter().enumerate().collect();
    let cases = in_order(threads, &indexed, |(index, gold)| {
        let (record, reading) = coder.code_with_reading(super::eval::document(gold));
        let right = right_events(gold, &record);
        let read = reading.signs.into_iter().zip(right).zip(&record.events);
        read.filter(|(_, event)| gold.knows(&record, event))
            .map(|((signs, right), event)| Case {
                document: *index,
                signs,
                right,
                given: event.confidence,
                weight: case_weight(gold.file.is_some(), right),
            })
            .collect::<Vec<_>>()
    });
    cases.into_iter().flatten().collect()
}

/// Every event without a recipient that is coded from gold records and has one there, with to whom it may have been done.
pub(super) fn recipients(
    coder: &Coder,
    gold: &[GoldRecord],
    threads: usize,
) -> Vec<recipients::Case> {
    let cases = in_order(threads, gold, |gold| {
        let (record, reading) = coder.code_with_reading(super::eval::document(gold));
        recipients::cases(gold, &record, reading.choices)
    });
    cases.into_iter().flatten().collect()
}

/// The second reader of a file.
pub(super) fn reader(path: &Path) -> Result<Reader, Stop> {
    let because =
        |error: &dyn std::fmt::Display| Stop::because(format_args!("{}: {error}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| because(&error))?;
    Reader::from_bytes(&bytes).map_err(|error| because(&error))
}

/// The attribution reader of a file.
pub(super) fn attribution_reader(path: &Path) -> Result<AttributionReader, Stop> {
    let because =
        |error: &dyn std::fmt::Display| Stop::because(format_args!("{}: {error}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| because(&error))?;
    AttributionReader::from_bytes(&bytes).map_err(|error| because(&error))
}

/// What the proofs of the rules say.
pub(super) fn proofs(
    coder: &Coder,
    knowledge: Option<&Path>,
    threads: usize,
) -> Result<Vec<Example>, Stop> {
    let proofs = Knowledge::proofs(knowledge).map_err(Stop::because)?;
    let work = |proof: &detente_knowledge::Proof| {
        let ProofKind::Rule { expect, .. } = &proof.kind else { return Vec::new() };
        let mut document =
            Document { language: Some("en".to_owned()), ..Document::of_text(&proof.sentence) };
        let pairs = coder.party_pairs(&mut document);
        let told = pairs.iter().any(|pair| pair.by_rule.is_some());
        let line = expect.as_deref().and_then(|line| EventLine::parse(line).ok());
        let label = |pair: &PartyPair| match (&line, proof.positive) {
            (Some(line), true) => gold_of(pair, [line]).map(str::to_owned),
            (None, false) if !told => Some(NOTHING.to_owned()),
            _ => None,
        };
        pairs
            .iter()
            .filter_map(|pair| {
                Some(Example {
                    pair: pair.pair.clone(),
                    right: classes_of(&label(pair)?),
                    sentence: sentence_number(&proof.sentence),
                    weight: OWN,
                })
            })
            .collect()
    };
    Ok(in_order(threads, &proofs, work).into_iter().flatten().collect())
}

/// The gold records of several files; `texts` is the folder of the texts that records only name.
pub(super) fn records(paths: &[PathBuf], texts: Option<&Path>) -> Result<Vec<GoldRecord>, Stop> {
    let mut gold: Vec<GoldRecord> = Vec::new();
    for path in paths {
        gold.extend(super::eval::gold_lines(path, read_gold)?);
    }
    for record in &mut gold {
        let Some(file) = &record.file else { continue };
        let Some(folder) = texts else {
            return Err(Stop::because(format_args!(
                "the text of {file} is not in the gold records; name its folder with --texts"
            )));
        };
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Stop::because(format_args!(
                "{}: cannot be read: {error}; check --texts",
                path.display()
            ))
        })?;
        let Document { text, paragraphs, .. } = super::eval::article(&text);
        (record.document.text, record.document.paragraphs) = (text, paragraphs);
    }
    Ok(gold)
}

fn in_order<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut done = Vec::with_capacity(items.len());
    detente::ordered(threads, items, work, |result| {
        done.extend(result.ok());
        true
    });
    done
}

/// The passages of a file of references.
pub(super) fn passages(path: &Path) -> Result<Vec<GoldPassage>, Stop> {
    super::eval::gold_lines(path, detente_train::references::read_gold)
}
