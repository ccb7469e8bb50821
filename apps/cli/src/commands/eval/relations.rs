//! What one given party does to the other.

use std::fmt::Write;

use detente::Coder;
use detente_rules::reader::Reader;
use detente_train::reader::{self, Options};
use detente_train::relations::{RelationRow, score as scores_of};

use crate::commands::labelled;
use crate::commands::relate::answer;
use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task, folds: Option<u64>) -> Result<Score, Stop> {
    let coder = task.coder()?;
    let gold = labelled::relations(task.path)?;
    let given = match folds {
        Some(folds) => cross_validated(task, coder, &gold, folds)?,
        None => shipped(&coder, &gold, task.threads),
    };
    let scores = scores_of(gold.iter().zip(given.iter().map(String::as_str)));
    let how = if task.rules_alone {
        "rules alone\n"
    } else {
        "with a reader as it is; if it was trained on these rows, only --folds gives a fair figure\n"
    };
    let mut text = folds.map_or_else(|| how.to_owned(), |folds| {
        format!("by {folds}-fold cross-validation, sentences kept whole; the shipped weights are not used\n")
    });
    let _ = write!(
        text,
        "{} rows; macro-F1 {} over roots, {} over classes; accuracy {}\n\nroot        precision  recall  F1     rows\n",
        scores.rows,
        share(scores.macro_f1_root),
        share(scores.macro_f1_class),
        share(scores.accuracy)
    );
    for (root, s) in &scores.per_type {
        let (precision, recall, f1) = (share(s.precision), share(s.recall), share(s.f1));
        let _ =
            writeln!(text, "{root:<10}  {precision:<9}  {recall:<6}  {f1}  {:>4}", s.counts.gold);
    }
    text.push_str("\nmost frequent mistakes (gold, given, rows)\n");
    for confusion in scores.confusions.iter().take(12) {
        let _ = writeln!(
            text,
            "{:<10}  {:<10}  {:>4}",
            confusion.gold, confusion.given, confusion.rows
        );
    }
    if task.differences {
        text.push('\n');
        for (row, given) in gold.iter().zip(&given) {
            let wanted = row.root.as_deref().unwrap_or_default();
            if wanted != given {
                let _ = writeln!(text, "{} {wanted} given {given}: {}", row.id, marked(row));
            }
        }
    }
    Score::new(&scores, text)
}

/// What rules and the built-in reader say.
fn shipped(coder: &Coder, gold: &[RelationRow], threads: usize) -> Vec<String> {
    let mut given = Vec::with_capacity(gold.len());
    detente::ordered(
        threads,
        gold,
        |row| answer(coder, row),
        |answer| {
            given.push(
                answer.ok().and_then(|answer| answer.root).unwrap_or_else(|| "NONE".to_owned()),
            );
            true
        },
    );
    given
}

/// What rules and a reader that has not seen the row's sentence say.
fn cross_validated(
    task: &Task,
    coder: Coder,
    gold: &[RelationRow],
    folds: u64,
) -> Result<Vec<String>, Stop> {
    let coder = coder.with_reader(Reader::default());
    let rows = labelled::rows(&coder, gold, task.threads);
    let others = labelled::proofs(&coder, task.knowledge, task.threads)?;
    let readers = reader::cross_validated(&rows, &others, folds, &Options::default());
    let given = gold.iter().zip(&rows).map(|(row, seen)| {
        let reader = &readers[reader::fold(seen.example.sentence, folds, 0) as usize];
        let evidence = coder.evidence(&row.sentence, &row.source_spans, &row.target_spans);
        evidence.decide(reader).root().unwrap_or("NONE").to_owned()
    });
    Ok(given.collect())
}

/// The sentence with its parties in brackets: `[Ankara] thanked {Oslo}.`
fn marked(row: &RelationRow) -> String {
    let mut marks: Vec<(usize, char)> = Vec::new();
    for (spans, open, close) in [(&row.source_spans, '[', ']'), (&row.target_spans, '{', '}')] {
        marks.extend(spans.iter().flat_map(|span| [(span.start, open), (span.end, close)]));
    }
    marks.sort_by_key(|&(at, _)| std::cmp::Reverse(at));
    let mut text = row.sentence.clone();
    for (at, mark) in marks {
        if text.is_char_boundary(at) {
            text.insert(at, mark);
        }
    }
    text
}
