//! Events end to end, against records that people wrote.

use std::fmt::Write;

use detente_core::{Document, Span};
use detente_train::Counts;
use detente_train::records::{GoldRecord, RecordScores, score as scores_of};

use crate::commands::labelled;
use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = task.coder()?.with_floor(task.floor);
    let gold = labelled::records(&[task.path.to_owned()], task.texts)?;
    let records = task.code(&coder, gold.iter().map(document))?;
    let scores = scores_of(gold.iter().zip(&records));
    Score::new(&scores, table(&scores, task.differences))
}

/// The document of a gold record, ready to code.
pub(in crate::commands) fn document(gold: &GoldRecord) -> Document {
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
         found {}, right type {}, right parties {}, right in both {} (status too: {}, sectors too: {})\n\
         precision {}  recall {}  F1 {}",
        scores.documents,
        scores.gold,
        scores.coded,
        scores.found,
        scores.right_type,
        scores.right_parties,
        scores.right,
        scores.right_status,
        scores.right_sectors,
        share(scores.precision),
        share(scores.recall),
        share(scores.f1)
    );
    if differences {
        let _ = writeln!(text, "\ntype        gold  coded  right");
        for (kind, counts) in &scores.by_type {
            let Counts { gold, found, right } = counts;
            let _ = writeln!(text, "{kind:<10} {gold:>5}  {found:>5}  {right:>5}");
        }
        let _ = writeln!(text, "\nmost often taken for another (- for nothing)");
        for confusion in scores.confusions.iter().take(10) {
            let _ =
                writeln!(text, "{:>5}  {} as {}", confusion.count, confusion.gold, confusion.coded);
        }
        for difference in &scores.differences {
            let _ = writeln!(text, "\n{difference}");
        }
        if !scores.other_sectors.is_empty() {
            text.push_str("\nright but for a sector\n");
        }
        for difference in &scores.other_sectors {
            let _ = writeln!(text, "\n{difference}");
        }
    }
    text
}
