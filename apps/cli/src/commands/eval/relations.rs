//! What one given party does to the other.

use std::fmt::Write;

use detente_train::relations::{RelationRow, score as scores_of};

use crate::commands::relate::{answer, rows};
use crate::exit::Stop;
use crate::inputs;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = crate::commands::coder(task.knowledge)?;
    let mut gold: Vec<RelationRow> = Vec::new();
    for input in &inputs::expand(&[task.path.display().to_string()])?.inputs {
        for row in rows(input)? {
            gold.push(row.map_err(Stop::Because)?);
        }
    }
    gold.retain(|row| row.root.is_some());
    if gold.is_empty() {
        return Err(Stop::because(format_args!(
            "{}: no row has a `root` to score against",
            task.path.display()
        )));
    }
    let mut given = Vec::with_capacity(gold.len());
    detente::ordered(
        task.threads,
        &gold,
        |row| answer(&coder, row),
        |answer| {
            given.push(
                answer.ok().and_then(|answer| answer.root).unwrap_or_else(|| "NONE".to_owned()),
            );
            true
        },
    );
    let scores = scores_of(gold.iter().zip(given.iter().map(String::as_str)));
    let mut text = format!(
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
