//! Relations between two given parties: gold rows, and how well they were told.
//!
//! In go JSON lines such as `{"id": "7", "sentence": "Ankara thanked Oslo.", "source_spans": [[0, 6]],
//! "target_spans": [[15, 19]], "root": "SUPPORT"}` (spans are bytes), and for each the root that the coder
//! gives; out comes a [`RelationScores`]. There are fifteen roots: the sixteen types with CONCEDE and
//! RETREAT as one, `YIELD`, as in the PLV data (Hu et al., ACL 2024).

use std::collections::BTreeMap;
use std::fmt;

use detente_core::Span;
use detente_rules::root_of;
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::score::ratio;

/// The fifteen roots with the quad class of each, in the order of the coding guide.
pub const ROOTS: [(&str, u8); 15] = [
    ("AGREE", 1),
    ("CONSULT", 1),
    ("SUPPORT", 1),
    ("YIELD", 2),
    ("COOPERATE", 2),
    ("AID", 2),
    ("REQUEST", 3),
    ("ACCUSE", 3),
    ("REJECT", 3),
    ("THREATEN", 3),
    ("PROTEST", 4),
    ("SANCTION", 4),
    ("MOBILIZE", 4),
    ("COERCE", 4),
    ("ASSAULT", 4),
];

/// Quad class of a root, or `None` where it is no root.
pub fn class_of(root: &str) -> Option<u8> {
    ROOTS.iter().find(|(name, _)| *name == root).map(|(_, class)| *class)
}

/// A sentence with its two parties, and in gold data the root between them.
#[derive(Debug, Clone, Deserialize)]
pub struct RelationRow {
    /// Any name of the row; a number is taken too.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// The sentence.
    pub sentence: String,
    /// Bytes of the sentence that name who acts; several where the party is named more than once.
    #[serde(default)]
    pub source_spans: Vec<Span>,
    /// Bytes that name to whom.
    #[serde(default)]
    pub target_spans: Vec<Span>,
    /// The root, in gold data.
    #[serde(default)]
    pub root: Option<String>,
    /// The quad class as the data has it, 1 to 4; that of the root where it is absent.
    #[serde(default)]
    pub penta: Option<u8>,
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match serde_json::Value::deserialize(from)? {
        serde_json::Value::String(text) => Ok(text),
        serde_json::Value::Number(number) => Ok(number.to_string()),
        _ => Err(serde::de::Error::custom("`id` must be a text or a number")),
    }
}

/// A line that is no row.
#[derive(Debug)]
pub struct RowError {
    /// Line from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for RowError {}

/// Reads one line; `line` counts from 1 and is for the message alone.
///
/// # Errors
/// When the line is no JSON object, a field is missing, or a span leaves the sentence.
pub fn read_row(text: &str, line: usize) -> Result<RelationRow, RowError> {
    let error = |message: String| RowError { line, message };
    let row: RelationRow = serde_json::from_str(text).map_err(|e| error(e.to_string()))?;
    for span in row.source_spans.iter().chain(&row.target_spans) {
        if span.of(&row.sentence).is_none() {
            return Err(error(format!(
                "the span [{}, {}] does not lie on character borders of the sentence ({} bytes); spans are UTF-8 bytes",
                span.start,
                span.end,
                row.sentence.len()
            )));
        }
    }
    Ok(row)
}

/// How well roots were told.
#[derive(Debug, Clone, Serialize)]
pub struct RelationScores {
    /// Mean F1 over the roots that the gold data has.
    pub macro_f1_root: f64,
    /// Mean F1 over the quad classes that the gold data has.
    pub macro_f1_class: f64,
    /// Share of the rows with the right root.
    pub accuracy: f64,
    /// Rows scored.
    pub rows: usize,
    /// Precision, recall, F1 and counts of each root.
    pub per_type: BTreeMap<String, TypeScores>,
    /// Pairs of gold and given root that differ, most frequent first.
    pub confusions: Vec<Confusion>,
}

/// Scores of one root.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "they name themselves")]
pub struct TypeScores {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    #[serde(flatten)]
    pub counts: Counts,
}

/// One kind of mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// The root of the gold data.
    pub gold: String,
    /// The root that was given.
    pub given: String,
    /// How often.
    pub rows: usize,
}

/// Scores the roots given to rows of gold data; rows without a root are left out.
///
/// A class is counted right where the given root's quad class is the row's `penta`, or its root's
/// class where the row has none. A given root that is none of the fifteen is simply wrong.
///
/// ```
/// use detente_train::relations::{read_row, score};
/// let row = read_row(r#"{"id": 1, "sentence": "A b C.", "root": "AID"}"#, 1)?;
/// let scores = score([(&row, "YIELD")]);
/// assert_eq!((scores.macro_f1_root, scores.macro_f1_class), (0.0, 1.0));
/// # Ok::<(), detente_train::relations::RowError>(())
/// ```
pub fn score<'a>(given: impl IntoIterator<Item = (&'a RelationRow, &'a str)>) -> RelationScores {
    let mut roots: BTreeMap<String, Counts> = BTreeMap::new();
    let mut classes: BTreeMap<u8, Counts> = BTreeMap::new();
    let mut confusions: BTreeMap<(String, String), usize> = BTreeMap::new();
    let (mut rows, mut right) = (0, 0);
    for (row, given) in given {
        let Some(gold) = row.root.as_deref().map(root_of) else { continue };
        rows += 1;
        roots.entry(gold.to_owned()).or_default().gold += 1;
        roots.entry(given.to_owned()).or_default().found += 1;
        if gold == given {
            right += 1;
            roots.entry(gold.to_owned()).or_default().right += 1;
        } else {
            *confusions.entry((gold.to_owned(), given.to_owned())).or_default() += 1;
        }
        let gold_class = row.penta.or_else(|| class_of(gold));
        let given_class = class_of(given);
        if let Some(class) = gold_class {
            classes.entry(class).or_default().gold += 1;
        }
        if let Some(class) = given_class {
            let counts = classes.entry(class).or_default();
            counts.found += 1;
            counts.right += usize::from(gold_class == given_class);
        }
    }
    let mut confusions: Vec<_> = confusions
        .into_iter()
        .map(|((gold, given), rows)| Confusion { gold, given, rows })
        .collect();
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.rows));
    RelationScores {
        macro_f1_root: macro_f1(roots.values()),
        macro_f1_class: macro_f1(classes.values()),
        accuracy: ratio(right, rows),
        rows,
        per_type: roots
            .into_iter()
            .map(|(root, counts)| {
                let (precision, recall, f1) = (counts.precision(), counts.recall(), counts.f1());
                (root, TypeScores { precision, recall, f1, counts })
            })
            .collect(),
        confusions,
    }
}

/// Mean F1 over the labels that are there.
fn macro_f1<'a>(labels: impl Iterator<Item = &'a Counts>) -> f64 {
    let f1: Vec<f64> = labels.filter(|counts| counts.gold > 0).map(|counts| counts.f1()).collect();
    if f1.is_empty() { 0.0 } else { f1.iter().sum::<f64>() / f1.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(root: &str, penta: u8) -> RelationRow {
        let text = format!(
            r#"{{"id":"a","sentence":"é","source_spans":[],"root":"{root}","penta":{penta}}}"#
        );
        read_row(&text, 1).unwrap()
    }

    #[test]
    fn macro_means_weigh_every_root_alike() {
        let rows = [row("AID", 2), row("AID", 2), row("AID", 2), row("ACCUSE", 3)];
        let given = ["AID", "AID", "AID", "REJECT"];
        let scores = score(rows.iter().zip(given));
        assert!((scores.macro_f1_root - 0.5).abs() < 1e-12);
        assert!((scores.macro_f1_class - 1.0).abs() < 1e-12);
        assert!((scores.accuracy - 0.75).abs() < 1e-12);
        assert_eq!(scores.confusions[0].given, "REJECT");
    }

    #[test]
    fn a_span_inside_a_character_is_refused() {
        let text = r#"{"id":"a","sentence":"é","source_spans":[[0,1]]}"#;
        assert!(read_row(text, 7).unwrap_err().to_string().starts_with("line 7: the span [0, 1]"));
    }

    #[test]
    fn no_rows_no_scores() {
        assert_eq!(score([]).rows, 0);
    }
}
